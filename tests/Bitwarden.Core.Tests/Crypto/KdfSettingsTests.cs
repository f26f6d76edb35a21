using Bitwarden.Core.Crypto;
using Xunit;

namespace Bitwarden.Core.Tests.Crypto;

public sealed class KdfSettingsTests
{
    private static readonly KdfSettings s_weakestArgon2id = new(KdfType.Argon2id, 2, 16, 1);
    private static readonly KdfSettings s_strongestPbkdf2 = new(KdfType.Pbkdf2Sha256, 2_000_000);

    [Fact]
    public void Pbkdf2IsWeakerThanArgon2idWhateverItsRounds()
    {
        Assert.True(s_strongestPbkdf2.IsWeakerThan(s_weakestArgon2id));
        Assert.False(s_weakestArgon2id.IsWeakerThan(s_strongestPbkdf2));
    }

    [Theory]
    [InlineData(599_999, true)]
    [InlineData(600_000, false)]
    [InlineData(600_001, false)]
    public void FewerRoundsAreWeaker(int rounds, bool weaker) =>
        Assert.Equal(weaker, new KdfSettings(KdfType.Pbkdf2Sha256, rounds).IsWeakerThan(KdfSettings.DefaultPbkdf2));

    [Theory]
    [InlineData(3, 63, true)]
    [InlineData(2, 64, true)]
    [InlineData(3, 64, false)]
    [InlineData(6, 32, false)]
    [InlineData(4, 64, false)]
    public void LessMemoryTimesPassesIsWeaker(int passes, int memory, bool weaker) =>
        Assert.Equal(weaker, new KdfSettings(KdfType.Argon2id, passes, memory, 4).IsWeakerThan(KdfSettings.DefaultArgon2id));
}
