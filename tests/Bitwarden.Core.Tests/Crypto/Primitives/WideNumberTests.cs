using System.Numerics;
using System.Security.Cryptography;
using Bitwarden.Core.Crypto.Primitives;
using Xunit;

namespace Bitwarden.Core.Tests.Crypto.Primitives;

public sealed class WideNumberTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(5, 9)]
    [InlineData(64, 32)]
    [InlineData(256, 128)]
    public void RemainderIsThatOfBigInteger(int dividendLength, int divisorLength)
    {
        for (int i = 0; i < 50; i++)
        {
            byte[] dividend = RandomNumberGenerator.GetBytes(dividendLength);
            byte[] divisor = RandomNumberGenerator.GetBytes(divisorLength);
            divisor[^1] |= 1;
            byte[] remainder = new byte[divisorLength];
            WideNumber.Remainder(dividend, divisor, remainder);
            Assert.Equal(Number(dividend) % Number(divisor), Number(remainder));
        }
    }

    private static BigInteger Number(byte[] bytes) => new(bytes, isUnsigned: true, isBigEndian: true);
}
