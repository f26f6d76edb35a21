using System.Net;
using System.Text.Json;
using Bitwarden.TestServer;
using Bitwarden.TestServer.Seeding;
using Bitwarden.TestServer.Vault;
using Xunit;

namespace Bitwarden.Core.Tests.TestServer;

public sealed class BulkCipherTests() : ServerTests(logIn: true)
{
    private Guid Sql => Server.Pbkdf2.Items["prod-sql"];

    private Guid Web => Server.Pbkdf2.Items["prod-web"];

    [Fact]
    public async Task ManyGoToTheTrashAndComeBack()
    {
        Answer trashed = await Client.PutAsync("/api/ciphers/delete", Ids(Sql, Web));
        Assert.Equal((HttpStatusCode.OK, ""), (trashed.Status, trashed.Text));
        Assert.All([Sql, Web], id => Assert.NotNull(Stored(id).DeletedDate));

        Answer restored = await Client.PutAsync("/api/ciphers/restore", Ids(Sql, Web));

        JsonElement[] answers = [.. restored.Json.GetProperty("data").EnumerateArray()];
        Assert.Equal(2, answers.Length);
        Assert.All(answers, answer => Assert.Equal("cipherMini", answer.GetProperty("object").GetString()));
        Assert.All(answers, answer => Assert.Equal(Stored(answer.GetProperty("id").GetGuid()).RevisionDate, answer.GetProperty("revisionDate").GetDateTime()));
        Assert.All(answers, answer => Assert.False(answer.TryGetProperty("folderId", out _)));
        Assert.All([Sql, Web], id => Assert.Null(Stored(id).DeletedDate));
    }

    [Fact]
    public async Task TrashingAgainChangesNothing()
    {
        await Client.PutAsync("/api/ciphers/delete", Ids(Sql));
        StoredCipher first = Stored(Sql);
        await Client.PutAsync("/api/ciphers/delete", Ids(Sql));
        await Client.PutAsync($"/api/ciphers/{Sql}/delete");
        Assert.Same(first, Stored(Sql));
    }

    [Fact]
    public async Task DeleteIsForGoodAndItsPostTwinToo()
    {
        Assert.Equal(HttpStatusCode.OK, (await Client.SendAsync(HttpMethod.Delete, "/api/ciphers", Ids(Sql, Guid.NewGuid()))).Status);
        Assert.Equal(HttpStatusCode.OK, (await Client.PostAsync("/api/ciphers/delete", Ids(Web))).Status);
        Assert.All([Sql, Web], id => Assert.Null(Server.Pbkdf2.Vault.Find(id)));
    }

    [Fact]
    public async Task MoveFilesItemsAndLeavesTheirRevisionDates()
    {
        Guid folder = Server.Pbkdf2.Vault.Folders[0].Id;
        DateTime before = Stored(Sql).RevisionDate;
        DateTime account = Server.Pbkdf2.Vault.RevisionDate;

        Answer moved = await Client.PutAsync("/api/ciphers/move", new { ids = new[] { Sql, Web }, folderId = folder });

        Assert.Equal((HttpStatusCode.OK, ""), (moved.Status, moved.Text));
        Assert.All([Sql, Web], id => Assert.Equal(folder, Stored(id).FolderId));
        Assert.Equal(before, Stored(Sql).RevisionDate);
        Assert.True(Server.Pbkdf2.Vault.RevisionDate > account);
        await Client.PutAsync("/api/ciphers/move", new { ids = new[] { Sql }, folderId = (Guid?)null });
        Assert.Null(Stored(Sql).FolderId);
    }

    [Fact]
    public async Task MoveNeedsAFolderThatExists()
    {
        Answer answer = await Client.PutAsync("/api/ciphers/move", new { ids = new[] { Sql }, folderId = Guid.NewGuid() });
        Assert.Equal((HttpStatusCode.BadRequest, "Invalid folder."), (answer.Status, answer.Message));
    }

    [Theory]
    [InlineData("PUT", "/api/ciphers/delete", "You can only delete up to 500 items at a time.")]
    [InlineData("PUT", "/api/ciphers/restore", "You can only restore up to 500 items at a time.")]
    [InlineData("PUT", "/api/ciphers/move", "You can only move up to 500 items at a time.")]
    [InlineData("PUT", "/api/ciphers/archive", "You can only archive up to 500 items at a time.")]
    [InlineData("PUT", "/api/ciphers/unarchive", "You can only unarchive up to 500 items at a time.")]
    [InlineData("DELETE", "/api/ciphers", "You can only delete up to 500 items at a time. Consider using the \"Purge Vault\" option instead.")]
    public async Task FiveHundredAreTheLimit(string method, string path, string message)
    {
        Guid[] many = [.. Enumerable.Range(0, 501).Select(_ => Guid.NewGuid())];
        Answer answer = await Client.SendAsync(new HttpMethod(method), path, Ids(many));
        Assert.Equal((HttpStatusCode.BadRequest, message), (answer.Status, answer.Message));
        answer = await Client.SendAsync(new HttpMethod(method), path, Ids([Sql, .. many[..499]]));
        Assert.DoesNotContain("at a time", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AServerOfOnesOwnHasNoLimit()
    {
        await using EmbeddedServer server = await EmbeddedServer.StartAsync(new() { BulkLimit = null });
        using ServerClient client = new(server);
        await client.LoginAsync(server.Pbkdf2);
        Guid[] many = [.. Enumerable.Range(0, 501).Select(_ => Guid.NewGuid())];
        Assert.Equal(HttpStatusCode.OK, (await client.PutAsync("/api/ciphers/delete", Ids(many))).Status);
    }

    [Fact]
    public async Task IdsAreRequiredAndWhatIsNoIdIsTheOfficial500()
    {
        Answer missing = await Client.PutAsync("/api/ciphers/delete", new { });
        Assert.Equal("The Ids field is required.", missing.Json.GetProperty("validationErrors").GetProperty("Ids")[0].GetString());
        Assert.Equal(HttpStatusCode.InternalServerError, (await Client.PutAsync("/api/ciphers/delete", new { ids = new[] { "no id" } })).Status);
    }

    [Fact]
    public async Task ItemsThatCanOnlyBeReadArePassedOver()
    {
        Guid organization = Server.Pbkdf2.Vault.Organizations[0].Id;
        Guid collection = Server.AddCollection(Server.Pbkdf2, organization, "Look", new CollectionRights { ReadOnly = true });
        Guid item = Server.AddSharedItem(Server.Pbkdf2, "look", "u", "p", collection);

        await Client.PutAsync("/api/ciphers/delete", Ids(item, Sql));
        await Client.SendAsync(HttpMethod.Delete, "/api/ciphers", Ids(item));

        Assert.Null(Stored(item).DeletedDate);
        Assert.NotNull(Stored(Sql).DeletedDate);
    }

    [Fact]
    public async Task ArchivingManySkipsThoseThatAreArchived()
    {
        Guid archived = Server.Pbkdf2.Items["archived"];
        Answer answer = await Client.PutAsync("/api/ciphers/archive", Ids(archived, Sql));
        Assert.Equal(Sql, Assert.Single(answer.Json.GetProperty("data").EnumerateArray()).GetProperty("id").GetGuid());
        Assert.StartsWith("No ciphers were archived.", (await Client.PutAsync("/api/ciphers/archive", Ids(archived, Sql))).Message);
        Assert.StartsWith("Cipher was not archived.", (await Client.PutAsync($"/api/ciphers/{Sql}/archive")).Message);
    }

    private static object Ids(params Guid[] ids) => new { ids };

    private StoredCipher Stored(Guid id) => Server.Pbkdf2.Vault.Find(id)!;
}
