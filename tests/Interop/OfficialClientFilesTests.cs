using System.Security.Cryptography;
using Bitwarden.Core.Vault;
using Bitwarden.Tests;
using Xunit;

namespace Bitwarden.Interop.Tests;

/// <summary>Files that our engine writes, the official client reads, and the reverse.</summary>
public sealed class OfficialClientFilesTests : IClassFixture<WritingFixture>
{
    private readonly WritingFixture _both;

    public OfficialClientFilesTests(WritingFixture both)
    {
        Skip.When(both.Missing is not null, both.Missing);
        _both = both;
    }

    [Theory]
    [InlineData("odd [1] größe 文 'q'.bin")]
    [InlineData("plain.txt")]
    public async Task AFileThatWeAddHasTheSameBytesThere(string name)
    {
        byte[] content = RandomNumberGenerator.GetBytes(70_000);
        VaultItem item = _both.Session.GetVault().Find("prod-api");
        VaultItem changed = await _both.Session.GetWriter().Files.AddAsync(item, name, new MemoryStream(content));
        ItemAttachment file = changed.Attachments.Single(other => other.FileName == name);

        await _both.Official.TextAsync("sync");
        string path = _both.TemporaryFile();
        await _both.Official.TextAsync("get", "attachment", file.Id, "--itemid", item.Id.ToString(), "--output", path);
        Assert.Equal(content, await File.ReadAllBytesAsync(path));
    }

    [Fact]
    public async Task AFileThatItUploadsIsSavedAndRemovedHere()
    {
        string path = _both.TemporaryFile();
        byte[] content = RandomNumberGenerator.GetBytes(70_000);
        await File.WriteAllBytesAsync(path, content);
        await _both.Official.TextAsync("create", "attachment", "--file", path, "--itemid", _both.Account.Items["prod-sql"].ToString());
        await _both.Session.SyncAsync(force: false);

        VaultItem item = _both.Session.GetVault().Find("prod-sql");
        string saved = path + ".saved";
        await _both.Session.GetFiles().SaveAsync(item, Assert.Single(item.Attachments), saved);
        Assert.Equal(content, await File.ReadAllBytesAsync(saved));
        Assert.Empty((await _both.Session.GetWriter().Files.RemoveAsync(item, item.Attachments[0])).Attachments);
    }
}
