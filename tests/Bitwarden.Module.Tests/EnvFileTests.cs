using System.Text;
using Bitwarden.Core.Errors;
using Bitwarden.PowerShell.Injection;
using Xunit;

namespace Bitwarden.Module.Tests;

public sealed class EnvFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string File => Path.Combine(_folder.Path, "x.env");

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("A=b", "b")]
    [InlineData("A=", "")]
    [InlineData("A=   # note", "")]
    [InlineData("  export A = b c  # note", "b c")]
    [InlineData("export\tA=b", "b")]
    [InlineData("A=b#c", "b#c")]
    [InlineData("A=#b", "#b")]
    [InlineData("A=b=c", "b=c")]
    [InlineData("A='b # \"$X\" \\n' # note", "b # \"$X\" \\n")]
    [InlineData("A=\"b # '\\n\\t\\r\\\"\\\\\\$\\x\" # note", "b # '\n\t\r\"\\$\\x")]
    [InlineData("A=\"\"", "")]
    [InlineData("A=it's", "it's")]
    [InlineData("A=$HOME `x`", "$HOME `x`")]
    public void ALineIsRead(string line, string expected) => Assert.Equal(expected, Read(line).Single().Literal);

    [Theory]
    [InlineData("A=bw://Work/prod-sql#password", "bw://Work/prod-sql#password")]
    [InlineData("A=\"bw://Work/prod sql#password\" # note", "bw://Work/prod sql#password")]
    [InlineData("A='BW://x'", "BW://x")]
    public void AReferenceIsOne(string line, string expected)
    {
        Assignment read = Read(line).Single();
        Assert.Equal((expected, null, "A (x.env, line 1)"), (read.Reference, read.Literal, read.Place));
    }

    [Theory]
    [InlineData("A=\"b\nc\"")]
    [InlineData("A='b")]
    [InlineData("A='b' c")]
    [InlineData("A=\"b\\\"")]
    [InlineData("A")]
    [InlineData("=b")]
    [InlineData("1A=b")]
    [InlineData("A B=c")]
    [InlineData("export")]
    [InlineData("hunter2-secret")]
    public void AnythingElseIsAnErrorWithItsLine(string lines)
    {
        InvalidInputException failure = Assert.Throws<InvalidInputException>(() => Read("# first\r\n\r\n" + lines));
        Assert.Equal("EnvFileInvalid", failure.Code);
        Assert.StartsWith("x.env, line 3: ", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void LineEndsAndTheMarkAreNoPartOfAValue()
    {
        System.IO.File.WriteAllText(File, "A=1\r\nB=2\nC='3'\r\n", new UTF8Encoding(encoderShouldEmitUTF8Identifier: true));
        Assert.Equal(["A=1", "B=2", "C=3"], EnvFile.Read(File).Select(one => $"{one.Name}={one.Literal}"));
    }

    [Fact]
    public void AFileThatIsNoTextIsRefused()
    {
        System.IO.File.WriteAllBytes(File, [.. "A=b"u8, 0xFF]);
        Assert.Equal("EnvFileInvalid", Assert.Throws<InvalidInputException>(() => EnvFile.Read(File)).Code);
        System.IO.File.WriteAllText(File, "A=b", Encoding.Unicode);
        Assert.Equal("EnvFileInvalid", Assert.Throws<InvalidInputException>(() => EnvFile.Read(File)).Code);
        System.IO.File.WriteAllText(File, new string('#', (1024 * 1024) + 1));
        Assert.Contains("larger than 1 MB", Assert.Throws<InvalidInputException>(() => EnvFile.Read(File)).Message, StringComparison.Ordinal);
        Assert.Equal(ErrorCodes.FileUnusable, Assert.Throws<LocalFileException>(() => EnvFile.Read(_folder.Path)).Code);
    }

    private IReadOnlyList<Assignment> Read(string text)
    {
        System.IO.File.WriteAllText(File, text);
        return EnvFile.Read(File);
    }
}
