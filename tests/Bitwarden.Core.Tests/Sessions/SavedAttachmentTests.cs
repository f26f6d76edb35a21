using Bitwarden.Core.Errors;
using Bitwarden.Core.Sessions;
using Bitwarden.Core.Tests.Writing;
using Bitwarden.Core.Vault;
using Bitwarden.TestServer;
using Xunit;

namespace Bitwarden.Core.Tests.Sessions;

public sealed class SavedAttachmentTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("bw-saved-");

    private string Target => Path.Combine(_folder.FullName, "cert.pfx");

    private string[] Left => [.. _folder.GetFileSystemInfos().Select(file => file.Name)];

    [Fact]
    public async Task FileIsWholeAndItsOwners()
    {
        await using WritingHarness harness = await WritingHarness.StartAsync();
        await SaveAsync(harness);
        Assert.Equal(harness.Account.AttachmentContent, await File.ReadAllBytesAsync(Target));
        Assert.Equal(["cert.pfx"], Left);
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Target));
        }
    }

    [Fact]
    public async Task FileThatIsThereIsLeftAlone()
    {
        await using WritingHarness harness = await WritingHarness.StartAsync();
        await File.WriteAllTextAsync(Target, "mine");
        LocalFileException failure = await Assert.ThrowsAsync<LocalFileException>(() => SaveAsync(harness));
        Assert.Equal("FileExists", failure.Code);
        Assert.Equal("mine", await File.ReadAllTextAsync(Target));
        await SaveAsync(harness, overwrite: true);
        Assert.Equal(harness.Account.AttachmentContent, await File.ReadAllBytesAsync(Target));
        Assert.Equal(["cert.pfx"], Left);
    }

    [Fact]
    public async Task MissingFolderIsFileUnusable()
    {
        await using WritingHarness harness = await WritingHarness.StartAsync();
        BitwardenSession session = await harness.UnlockAsync();
        VaultItem item = session.GetVault().Find("with attachment");
        LocalFileException failure = await Assert.ThrowsAsync<LocalFileException>(
            () => session.GetFiles().SaveAsync(item, item.Attachments[0], Path.Combine(_folder.FullName, "none", "x")));
        Assert.Equal("FileUnusable", failure.Code);
    }

    [Theory]
    [InlineData(FaultKind.AnswerCut)]
    [InlineData(FaultKind.BrokenConnection)]
    [InlineData(FaultKind.TruncatedJson)]
    [InlineData(FaultKind.Html)]
    public async Task NothingHalfIsLeftOfAFileThatDoesNotArrive(FaultKind fault)
    {
        await using WritingHarness harness = await WritingHarness.StartAsync();
        harness.Server.Faults.Add(new Fault("/attachments", fault, Bytes: 1500));
        await Assert.ThrowsAnyAsync<BitwardenException>(() => SaveAsync(harness));
        Assert.Empty(Left);
    }

    [Fact]
    public async Task CutDownloadIsStartedAgain()
    {
        await using WritingHarness harness = await WritingHarness.StartAsync();
        harness.Server.Faults.Add(new Fault("/attachments", FaultKind.AnswerCut, Times: 1, Bytes: 1500));
        await SaveAsync(harness);
        Assert.Equal(harness.Account.AttachmentContent, await File.ReadAllBytesAsync(Target));
    }

    [Fact]
    public async Task StoppedDownloadLeavesNothing()
    {
        await using WritingHarness harness = await WritingHarness.StartAsync();
        harness.Server.Faults.Add(new Fault("/attachments", FaultKind.Hang));
        using CancellationTokenSource stop = new(TimeSpan.FromSeconds(1));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => SaveAsync(harness, cancellationToken: stop.Token));
        Assert.Empty(Left);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private async Task SaveAsync(WritingHarness harness, bool overwrite = false, CancellationToken cancellationToken = default)
    {
        BitwardenSession session = await harness.UnlockAsync();
        VaultItem item = session.GetVault().Find("with attachment");
        await session.GetFiles().SaveAsync(item, item.Attachments[0], Target, overwrite, cancellationToken);
    }
}
