using System.Text.Json.Nodes;
using Bitwarden.Core.Crypto;
using Bitwarden.Core.Errors;
using Bitwarden.Core.Sessions;
using Bitwarden.Core.Transfer;
using Bitwarden.Core.Vault;
using Xunit;

namespace Bitwarden.Core.Tests.Transfer;

/// <summary>The personal vault in files, against the embedded server and what the official client wrote of the same account.</summary>
public sealed class ExportTests
{
    [Fact]
    public async Task APlainExportIsWhatTheOfficialClientWrites()
    {
        await using TransferHarness harness = await TransferHarness.StartAsync();
        (string path, ExportSummary summary) = await harness.ExportAsync(ExportFormat.Json);
        Assert.Equal(OfficialExport.Describe(OfficialExport.Plain), OfficialExport.Describe(OfficialExport.Read(path)));
        Assert.Equal((26, 3, 1, 0), (summary.ItemCount, summary.PlaceCount, summary.FileCount, summary.Unreadable.Count));
        Assert.False(OfficialExport.Read(path)["encrypted"]!.GetValue<bool>());
    }

    [Fact]
    public async Task OnlyTheOwnerMayReadTheFileAndNoneIsReplaced()
    {
        await using TransferHarness harness = await TransferHarness.StartAsync();
        (string path, _) = await harness.ExportAsync(ExportFormat.Json);
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
        }

        File.WriteAllText(path, "mine");
        LocalFileException refused = await Assert.ThrowsAsync<LocalFileException>(
            () => harness.Session.GetExporter().SaveAsync(path, new ExportOptions { Format = ExportFormat.Json }));
        Assert.Equal("FileExists", refused.Code);
        Assert.Equal("mine", File.ReadAllText(path));
        await harness.Session.GetExporter().SaveAsync(path, new ExportOptions { Format = ExportFormat.Json, Overwrite = true });
        Assert.StartsWith("{", File.ReadAllText(path), StringComparison.Ordinal);
        Assert.Single(Directory.GetFiles(Path.GetDirectoryName(path)!));
    }

    [Fact]
    public async Task AnItemThatCannotBeReadIsNamedAndNothingIsWrittenUnlessItMayBeLeftOut()
    {
        Guid broken = Guid.Empty;
        await using TransferHarness harness = await TransferHarness.StartAsync(server => broken = server.AddBrokenItem(server.Pbkdf2));
        (string path, ExportSummary summary) = await harness.ExportAsync(ExportFormat.EncryptedJson, "p");
        UnreadableItem item = Assert.Single(summary.Unreadable);
        Assert.Equal((broken, "broken", "login.password", "DecryptionFailed"), (item.Id, item.Name, item.Problem.Field, item.Problem.Code));
        Assert.Null(summary.Path);
        Assert.False(File.Exists(path));
        (path, summary) = await harness.ExportAsync(ExportFormat.Json, skip: true);
        Assert.Equal((path, 26, 1), (summary.Path, summary.ItemCount, summary.Unreadable.Count));
        Assert.DoesNotContain("broken", File.ReadAllText(path), StringComparison.Ordinal);
    }

    [Fact]
    public async Task NothingIsReadableInAnEncryptedFile()
    {
        await using TransferHarness harness = await TransferHarness.StartAsync();
        (string sealedByPassword, _) = await harness.ExportAsync(ExportFormat.EncryptedJson, "a password");
        (string sealedByAccount, _) = await harness.ExportAsync(ExportFormat.AccountEncryptedJson);
        foreach (string text in new[] { File.ReadAllText(sealedByPassword), File.ReadAllText(sealedByAccount) })
        {
            Assert.DoesNotContain("prod-sql", text, StringComparison.Ordinal);
            Assert.DoesNotContain("a password", text, StringComparison.Ordinal);
            Assert.DoesNotContain("sql_admin", text, StringComparison.Ordinal);
        }

        // The harness's account derives cheaply; a file gets the vendor's recommendation.
        JsonObject head = OfficialExport.Read(sealedByPassword);
        Assert.Equal((0, 600_000), (head["kdfType"]!.GetValue<int>(), head["kdfIterations"]!.GetValue<int>()));
    }

    [Fact]
    public async Task AnOrganizationMayForbidIt()
    {
        await using TransferHarness harness = await TransferHarness.StartAsync(
            server => server.SetPolicy(server.Pbkdf2, server.Pbkdf2.Vault.Organizations[0].Id, type: 10));
        TransferException refused = await Assert.ThrowsAsync<TransferException>(() => harness.ExportAsync(ExportFormat.Json));
        Assert.Equal("ExportForbidden", refused.Code);
        Guid organization = harness.Account.Vault.Organizations[0].Id;
        Assert.Equal(3, (await harness.ExportAsync(ExportFormat.Json, organization: organization)).Summary.ItemCount);
    }

    [Fact]
    public async Task ATableHasLoginsAndNotes()
    {
        await using TransferHarness harness = await TransferHarness.StartAsync();
        (string path, ExportSummary summary) = await harness.ExportAsync(ExportFormat.Csv);
        string text = File.ReadAllText(path);
        Assert.StartsWith(
            "folder,favorite,type,name,notes,fields,reprompt,archivedDate,login_uri,login_username,login_password,login_totp\r\n",
            text,
            StringComparison.Ordinal);
        Assert.Contains(
            "\r\nWork,1,login,prod-sql,\"Restore notes: vault shelf 7, second drawer-pbkdf2\",\"environment: production\napi-key: hidden-field-51d0-pbkdf2\n"
            + "rotated: true\nlogin name: \",0,,\"https://sql.example.org:1433,https://sql-standby.example.org/login\",sql_admin,Sql-Pr0d!7f3K-pbkdf2,"
            + "JBSWY3DPEHPK3PXP\r\n",
            text,
            StringComparison.Ordinal);
        Assert.Contains("\"p@ss \"\"w0rd\"\" $HOME `x` 'q' <&> ünï-pbkdf2\"", text, StringComparison.Ordinal);
        Assert.False(text.EndsWith('\n'));
        Assert.Equal(26, summary.ItemCount + summary.LeftOutCount);
    }

    [Fact]
    public async Task AnEmptyVaultMakesAnEmptyExport()
    {
        await using TransferHarness harness = await TransferHarness.StartAsync(server =>
        {
            foreach (Guid id in server.Pbkdf2.Vault.Ciphers.Select(cipher => cipher.Id))
            {
                server.Pbkdf2.Vault.Remove(id);
            }
        });
        (string path, _) = await harness.ExportAsync(ExportFormat.Csv);
        Assert.Equal(0, new FileInfo(path).Length);
        (path, ExportSummary summary) = await harness.ExportAsync(ExportFormat.Json);
        Assert.Equal(0, summary.ItemCount);
        Assert.Empty(OfficialExport.Read(path)["items"]!.AsArray());
    }

    [Fact]
    public async Task AnAttackerCannotMoveAnAddressIntoAnExport()
    {
        await using TransferHarness harness = await TransferHarness.StartAsync();
        (string path, _) = await harness.ExportAsync(ExportFormat.Json);
        Assert.DoesNotContain("moved.example.org", File.ReadAllText(path), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("plain", "\"plain\"")]
    [InlineData("a\"b\\c", "\"a\\\"b\\\\c\"")]
    [InlineData("\n\r\t\u0001\u001f/", "\"\\n\\r\\t\\u0001\\u001f/\"")]
    [InlineData("ü文😀\u2028", "\"ü文😀\u2028\"")]
    public void TextIsQuotedAsInEcmaScript(string text, string expected)
    {
        using SecretBytes bytes = SecretBytes.FromCharacters(text);
        using SecretBytes quoted = SecretJson.Quote(bytes.Span);
        Assert.Equal(expected, quoted.RevealText());
        Assert.Equal(text, JsonNode.Parse(expected)!.GetValue<string>());
    }

    [Fact]
    public void TextThatIsNotUnicodeIsNoText() => Assert.Equal(
        "MalformedEncString", Assert.Throws<EncryptionException>(() => SecretJson.Quote([0xC3, 0x28])).Code);
}
