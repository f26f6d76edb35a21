using System.Text;
using Bitwarden.PowerShell.Formatting;
using Xunit;

namespace Bitwarden.Module.Tests;

public sealed class SafeFileNameTests
{
    [Theory]
    [InlineData("cert.pfx", "cert.pfx")]
    [InlineData("Größe [1] 文.txt", "Größe [1] 文.txt")]
    [InlineData(".profile", ".profile")]
    [InlineData("../../etc/passwd", ".._.._etc_passwd")]
    [InlineData("..\\x", ".._x")]
    [InlineData("/etc/passwd", "_etc_passwd")]
    [InlineData("C:\\x", "C__x")]
    [InlineData("..", "_")]
    [InlineData(".", "_")]
    [InlineData("", "_")]
    [InlineData("  ", "_")]
    [InlineData("x. . ", "x")]
    [InlineData("nul", "_nul")]
    [InlineData("CON.txt", "_CON.txt")]
    [InlineData("a\0b\n\u001b]52;c\u202e.txt", "a_b__]52;c_.txt")]
    [InlineData("a:stream", "a_stream")]
    public void NameStaysInItsFolder(string name, string expected) => Assert.Equal(expected, SafeFileName.Of(name));

    [Fact]
    public void LongNameKeepsItsExtension()
    {
        string safe = SafeFileName.Of(new string('文', 200) + ".pfx");
        Assert.EndsWith("文.pfx", safe, StringComparison.Ordinal);
        Assert.InRange(Encoding.UTF8.GetByteCount(safe), 250, 255);
    }
}
