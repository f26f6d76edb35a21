using System.Runtime.Intrinsics;
using System.Text;
using Bitwarden.Core.Crypto.Primitives.Argon2;
using Xunit;

namespace Bitwarden.Core.Tests.Crypto.Primitives.Argon2;

public sealed class Argon2idTests
{
    // Password, salt, t, m in KiB, p, tag; from Debian's argon2 0~20171227-0.3+deb12u1:
    // printf %s "$password" | argon2 "$salt" -id -t $t -k $m -p $p -l $length -r
    public static TheoryData<string, string, int, int, int, string> KnownAnswers => new()
    {
        { "password", "somesalt", 1, 8, 1, "6b7a947d" },
        { "password", "somesalt", 2, 9, 1, "780020a4e5" },
        { "p", "somesalt8", 1, 17, 2, "4b69319c02008c365616c4271074cffc" },
        { "password", "somesalt8", 3, 64, 4, "df302a0e35be2cf44d39ca226df4c7634048de582e67afac585c491e1d45ab39" },
        { "correct horse battery staple", "user@example.com", 2, 129, 3, "a692214402b934a54d9e3665dac4f4ccb2f8240b19233e2e170fe5320ed37cba76" },
        {
            "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdefX", "saltsaltsaltsalt", 4, 55, 5,
            "f0838a6f652be16bfe40619ae18587d2d2936747a5fbdcb030c6ae7f4cc36e20e923e78d0700d6f3e946b73991754d736711dd07dc5b7afc040aa85be790399e"
        },
        {
            "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
            "saltsaltsaltsaltsaltsaltsaltsalt", 3, 100, 6,
            "031dfb4767e121cdc00220313905a55b05e66c756d5eedb2607ffc57349824fba37d074774e9a55e9006dc234538e96ca6ff30e4b2e07cff233b38271ed55199c2"
        },
        {
            "pässwörd-пароль-🔑", "somesalt", 2, 1021, 7,
            "566d741cc05ea14ff1300e8fd49f07e3e25b792b80ed25fd5b0a2b2e8b26ca3439623acc7f84c11b675a81db48a04137382150bed8b7c67d0b595a3ec8a3ca67ec907b2024c2e99d71582cd78a34a8025d073b8ed15eac5ccc882626da59b442"
        },
        {
            "password", "somesalt", 1, 2051, 1,
            "bd3a7e996f0c03b354c2cc5fd2cddf09177fca82007b624102cb93d9d073d91ef0f2544b53bffe8359bbda1fe2a82bb15fef0cb02b32a11d397289813be2c2827d4347ce0931d868099b67ef659a489d8c33f29044d7bd4641e8787b1ce43f8db1"
        },
        {
            "password", "somesalt", 4, 4099, 2,
            "3769a65c6c01e6c29e61bc5d9dc76b796a1f6784d51eadf7d1d30514f27824727462bb532e4547b7832f5453d101244f28875540bd71516df770a91f0bc038c888efb32eccc5419fc6db607596555ccd345a9d940c4bd090be4f306956593573982dd234bd71effac0ee30ae79179bad20ef9b001a1e66a98d4db7730e912f1e"
        },
        {
            "password", "somesalt", 2, 3333, 3,
            "ff8f828a253c90d3e3b57a2d36fd02dd16a9b8924f579402ee8726002ebeba5bda5a39b4edaf3537194f89d4465b866276bb60dceb49730951da7823e7a7de3bcd84f13dc0a35226ba74fbb7f73c3436c3857a725a9c22a40cd6c60c8e960955b64053877f9bfc18cfad83d90196eff7356bbaa353069c2fad3c155a4fea10b24a6648427039b5b54cab77e77bac70cf3f76eb1903c44e83a18d384f81f55c7a9cd28a2e5c112e6cbace4ab34a9d8f3b0d50c1dfdb0c4f04bfb7da8291e79939f2a64094baab3226"
        },
        { "password", "somesalt", 3, 65536, 4, "661fefbd6f29bcbc8f4646abc32a9d7a4645bb5c059537f8a5587f31adbecccd" },
        { "password", "somesalt", 3, 200, 16, "eadb4b55e700aeaf635417e3aee7f5311d1b39a0c5967af4c03f285d5f5fe165" },
        { "password", "somesalt", 2, 2600, 300, "2307c4d5a7f3ea1d8e1c016e588ea3646f4fa75b6ef9ad258d38a874df387f9b" },
    };

    private delegate void Derivation(in Argon2Inputs inputs, in Argon2Parameters parameters, Span<byte> output, CancellationToken cancellationToken);

    // RFC 9106 section 5.3.
    [Fact]
    public void InputsOfTheSpecificationGiveItsTag()
    {
        byte[] tag = new byte[32];
        foreach (Derivation derive in SupportedWidths())
        {
            Argon2Inputs inputs = new()
            {
                Password = Repeat(1, 32),
                Salt = Repeat(2, 16),
                Secret = Repeat(3, 8),
                AssociatedData = Repeat(4, 12),
            };
            derive(inputs, new Argon2Parameters(3, 32, 4), tag, default);
            Assert.Equal("0D640DF58D78766C08C037A34A8B53C9D01EF0452D75B65EB52520E96B01E659", Convert.ToHexString(tag));
        }
    }

    [Theory]
    [MemberData(nameof(KnownAnswers))]
    public void EveryRegisterSizeGivesTheReferenceTag(string password, string salt, int iterations, int memoryKib, int parallelism, string expected)
    {
        foreach (Derivation derive in SupportedWidths())
        {
            byte[] tag = new byte[expected.Length / 2];
            Argon2Inputs inputs = new() { Password = Encoding.UTF8.GetBytes(password), Salt = Encoding.UTF8.GetBytes(salt) };
            derive(inputs, new Argon2Parameters(iterations, memoryKib, parallelism), tag, default);
            Assert.Equal(expected, Convert.ToHexString(tag).ToLowerInvariant());
        }
    }

    [Fact]
    public void DerivationsAtTheSameTimeDoNotDisturbEachOther()
    {
        string[] tags = new string[8];
        Parallel.For(0, tags.Length, i =>
        {
            byte[] tag = new byte[32];
            Argon2id.DeriveKey("password"u8, "somesalt8"u8, new Argon2Parameters(3, 64, 4), tag);
            tags[i] = Convert.ToHexString(tag);
        });
        Assert.All(tags, tag => Assert.Equal("DF302A0E35BE2CF44D39CA226DF4C7634048DE582E67AFAC585C491E1D45AB39", tag));
    }

    [Fact]
    public void WarmUpSucceeds() => Argon2id.WarmUp();

    [Theory]
    [InlineData(0, 64, 1, 32)]
    [InlineData(-1, 64, 1, 32)]
    [InlineData(1, 64, 0, 32)]
    [InlineData(1, 7, 1, 32)]
    [InlineData(1, 31, 4, 32)]
    [InlineData(1, -1, 1, 32)]
    [InlineData(1, int.MaxValue, int.MaxValue, 32)]
    [InlineData(1, 64, 1, 3)]
    public void ParametersBelowTheMinimumAreRefused(int iterations, int memoryKib, int parallelism, int tagSize)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() =>
            Argon2id.DeriveKey([], [], new Argon2Parameters(iterations, memoryKib, parallelism), new byte[tagSize]));
    }

    [Fact]
    public void CancelledTokenStopsBeforeTheOutputIsWritten()
    {
        byte[] tag = new byte[32];
        Assert.Throws<OperationCanceledException>(() =>
            Argon2id.DeriveKey([], [], new Argon2Parameters(1, 64, 1), tag, new CancellationToken(canceled: true)));
        Assert.Equal(new byte[32], tag);
    }

    [Fact]
    public void CancellationStopsAtTheNextSlice()
    {
        using CancellationTokenSource source = new();
        int lastSlice = 0;
        void Fill(Argon2Matrix matrix, Argon2Lane[] lanes, in Argon2Slice slice)
        {
            lastSlice = Math.Max(lastSlice, slice.Number);
            if (slice.Number == 1)
            {
                source.Cancel();
            }
        }

        Argon2Parameters parameters = new(3, 256, 8);
        using Argon2Matrix matrix = new(parameters);
        using Argon2Crew crew = new(matrix, Fill, source.Token);
        crew.Start();
        Assert.Throws<OperationCanceledException>(crew.Fill);
        Assert.Equal(1, lastSlice);
    }

    [Fact]
    public void FailureOnOneThreadReachesTheCaller()
    {
        static void Fill(Argon2Matrix matrix, Argon2Lane[] lanes, in Argon2Slice slice)
        {
            if (slice.Number == 1 && lanes[^1].Number == matrix.LaneCount - 1)
            {
                throw new InvalidOperationException("Lane lost.");
            }
        }

        Argon2Parameters parameters = new(3, 256, 8);
        using Argon2Matrix matrix = new(parameters);
        using Argon2Crew crew = new(matrix, Fill, default);
        crew.Start();
        Assert.Equal("Lane lost.", Assert.Throws<InvalidOperationException>(crew.Fill).Message);
    }

    [Fact]
    public void CrewThatIsNeverSetToWorkEnds()
    {
        Argon2Parameters parameters = new(1, 256, 8);
        using Argon2Matrix matrix = new(parameters);
        using Argon2Crew crew = new(matrix, Argon2Segment<LaneVector128, Vector128<ulong>>.Fill, default);
        crew.Start();
    }

    [Theory]
    [InlineData(1L << 52)]
    [InlineData(long.MaxValue)]
    public void MemoryThatNoSystemHasIsRefused(long blockCount)
    {
        Assert.Throws<InsufficientMemoryException>(() => new Argon2Memory(blockCount));
    }

    private static List<Derivation> SupportedWidths()
    {
        List<Derivation> widths = [Argon2id.DeriveKey, Argon2id.DeriveKey<LaneVector128, Vector128<ulong>>];
        if (LaneVector256.IsSupported)
        {
            widths.Add(Argon2id.DeriveKey<LaneVector256, Vector256<ulong>>);
        }

        if (LaneVector512.IsSupported)
        {
            widths.Add(Argon2id.DeriveKey<LaneVector512, Vector512<ulong>>);
        }

        return widths;
    }

    private static byte[] Repeat(byte value, int count) => [.. Enumerable.Repeat(value, count)];
}
