using System.Buffers.Binary;
using System.Security.Cryptography;
using Bitwarden.Core.Crypto;
using Bitwarden.Core.Errors;
using Xunit;

namespace Bitwarden.Core.Tests.Crypto;

public sealed class LegacyUserKeyTests
{
    [Fact]
    public void WrongPasswordIsAWrongPasswordAlsoWhenThePaddingHappensToFit()
    {
        EncString wrapped = new(EncStringType.AesCbc256, new byte[16], RandomNumberGenerator.GetBytes(80), []);
        byte[] bytes = new byte[MasterKey.Length];
        HashSet<string> codes = [];
        for (int i = 0; i < 4000; i++)
        {
            // One in 256 keys gives a last byte of 1, which is padding.
            BinaryPrimitives.WriteInt32LittleEndian(bytes, i);
            using MasterKey key = MasterKey.FromBytes(bytes);
            codes.Add(Assert.Throws<EncryptionException>(() => key.UnwrapUserKey(wrapped)).Code);
        }

        Assert.Equal(["DecryptionFailed"], codes);
    }
}
