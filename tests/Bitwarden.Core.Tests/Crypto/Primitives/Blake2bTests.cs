using System.Text;
using Bitwarden.Core.Crypto.Primitives;
using Xunit;

namespace Bitwarden.Core.Tests.Crypto.Primitives;

public sealed class Blake2bTests
{
    // Python's hashlib.blake2b(bytes(i % 251 for i in range(length)), digest_size=...), Python 3.11.
    public static TheoryData<int, string> KnownAnswers => new()
    {
        { 0, "786a02f742015903c6c6fd852552d272912f4740e15847618a86e217f71f5419d25e1031afee585313896444934eb04b903a685b1448b755d56f701afe9be2ce" },
        { 1, "a1" },
        { 3, "147420788d27f83264eb55bad410d304540a21d9" },
        { 64, "10d8e6d534b00939843fe9dcc4dae48cdf008f6b8b2b82b156f5404d874887f5" },
        { 127, "b6292669ccd38d5f01caae96ba272c76a879a45743afa0725d83b9ebb26665b731f1848c52f11972b6644f554c064fa90780dbbbf3a89d4fc31f67df3e5857ef" },
        { 128, "2319e3789c47e2daa5fe807f61bec2a1a6537fa03f19ff32e87eecbfd64b7e0e8ccff439ac333b040f19b0c4ddd11a61e24ac1fe0f10a039806c5dcc0da3d115" },
        { 129, "a95db6e5ccd191793ad20179bfd63e8c7aedf0cc1084549f73127e3fccc738b405ac2a93d692e76214320089121073e5" },
        { 255, "fe2c02da499516b0e9fb2dd70c49eb3629039f632e20a880946fb7bc97a7ab09deb7d48774d7f0648141c9d9ede19ae6e0dbf07863a128cf4b00195f0f179f74" },
        { 256, "bec035a37b3b2926e33083220399185e37fab5901e089310a10a0866afd409f349" },
        { 257, "9ca40e2ddee9436dbbd08efc65dbaf4870059f5eb3d76efd20241ae5bf13c60f250b882ea5c564838257a3fc95c496819ace2c6490b55b268535208dfc31822c" },
        { 1000, "c11e1c0340bd7e5a1b275f1230c962fad215ecb1391486e74e31b960a2f2996381a5fad092da06841d5f26e38f6ecfeaf441acbcd1c2de61aef121e7927175f5" },
    };

    // RFC 7693 appendix A.
    [Fact]
    public void AbcGivesTheHashOfTheSpecification()
    {
        Assert.Equal(
            "ba80a53f981c4d0d6a2797b69f12f6e94c212f14685ac4b74b12bb6fdbffa2d17d87c5392aab792dc252d5de4533cc9518d38aa8dbf1925ab92386edd4009923",
            HashInPieces(Encoding.ASCII.GetBytes("abc"), 3, 64));
    }

    [Theory]
    [MemberData(nameof(KnownAnswers))]
    public void EveryLengthGivesTheKnownHash(int length, string expected)
    {
        byte[] actual = new byte[expected.Length / 2];
        Blake2b.Hash(Message(length), actual);
        Assert.Equal(expected, Convert.ToHexString(actual).ToLowerInvariant());
    }

    [Theory]
    [MemberData(nameof(KnownAnswers))]
    public void PiecesOfAnySizeGiveTheSameHash(int length, string expected)
    {
        foreach (int piece in (int[])[1, 7, 64, 127, 128, 129, 300])
        {
            Assert.Equal(expected, HashInPieces(Message(length), piece, expected.Length / 2));
        }
    }

    private static byte[] Message(int length) => [.. Enumerable.Range(0, length).Select(i => (byte)(i % 251))];

    private static string HashInPieces(byte[] message, int piece, int outputSize)
    {
        byte[] output = new byte[outputSize];
        Blake2b hash = new(outputSize);
        foreach (byte[] part in message.Chunk(piece))
        {
            hash.Update(part);
        }

        hash.Finish(output);
        return Convert.ToHexString(output).ToLowerInvariant();
    }
}
