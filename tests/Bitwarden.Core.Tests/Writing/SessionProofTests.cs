using Bitwarden.Core.Crypto;
using Bitwarden.Core.Errors;
using Bitwarden.Core.Sessions;
using Xunit;

namespace Bitwarden.Core.Tests.Writing;

public sealed class SessionProofTests
{
    [Fact]
    public async Task MasterPasswordIsCheckedWithoutTheServer()
    {
        await using WritingHarness harness = await WritingHarness.StartAsync();
        BitwardenSession session = await harness.UnlockAsync();
        harness.Server.Requests.Clear();
        using SecretBytes right = SecretBytes.FromCharacters(harness.Account.MasterPassword);
        using SecretBytes wrong = SecretBytes.FromCharacters(harness.Account.MasterPassword + " ");
        using SecretBytes empty = new(0);
        Assert.True(await session.VerifyMasterPasswordAsync(right));
        Assert.False(await session.VerifyMasterPasswordAsync(wrong));
        Assert.False(await session.VerifyMasterPasswordAsync(empty));
        Assert.Empty(harness.Server.Requests.All);
        Assert.Equal(BitwardenSessionState.Unlocked, session.State);
    }

    [Fact]
    public async Task LockedVaultHasNothingToCheckAgainst()
    {
        await using WritingHarness harness = await WritingHarness.StartAsync();
        BitwardenSession session = await harness.UnlockAsync();
        session.Lock();
        using SecretBytes right = SecretBytes.FromCharacters(harness.Account.MasterPassword);
        SessionException locked = await Assert.ThrowsAsync<SessionException>(() => session.VerifyMasterPasswordAsync(right));
        Assert.Equal(ErrorCodes.VaultLocked, locked.Code);
    }
}
