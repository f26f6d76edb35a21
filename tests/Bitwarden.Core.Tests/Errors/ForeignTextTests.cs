using Bitwarden.Core.Errors;
using Xunit;

namespace Bitwarden.Core.Tests.Errors;

public sealed class ForeignTextTests
{
    [Theory]
    [InlineData("\u001b]52;c;aGk=\u0007", @"\u001B]52;c;aGk=\u0007")]
    [InlineData("two\r\nlines", @"two\u000D\u000Alines")]
    [InlineData("nul\0", @"nul\u0000")]
    [InlineData("c1 \u009b31m \u0085 \u007f", @"c1 \u009B31m \u0085 \u007F")]
    [InlineData("\u202egpj.exe\u2066\u2069\u200f\u061c", @"\u202Egpj.exe\u2066\u2069\u200F\u061C")]
    [InlineData("a\u2028b\u2029", @"a\u2028b\u2029")]
    [InlineData("tag \U000E0041", @"tag \uDB40\uDC41")]
    [InlineData("x ##vso[task.setvariable variable=a]b", @"x \u0023#vso[task.setvariable variable=a]b")]
    [InlineData("##VSO[x]##[error]y", @"\u0023#VSO[x]\u0023#[error]y")]
    public void WhatATerminalOrAnAgentWouldObeyIsVisible(string text, string shown) => Assert.Equal(shown, ForeignText.Show(text));

    [Theory]
    [InlineData("Zugriff verweigert: „Prüfung“ C## #1 [x]")]
    [InlineData("日本語 🔑 👩‍💻 العربية עברית")]
    [InlineData("")]
    public void OrdinaryTextStaysAsItIs(string text) => Assert.Equal(text, ForeignText.Show(text));

    // Not as data of a theory: attributes hold well-formed text only.
    [Fact]
    public void LoneSurrogateIsVisible() => Assert.Equal(@"\uD800 alone \uDC00", ForeignText.Show("\ud800 alone \udc00"));

    [Fact]
    public void NothingIsAnEmptyText() => Assert.Equal(string.Empty, ForeignText.Show(null));

    [Fact]
    public void LongTextIsCut()
    {
        Assert.Equal(new string('x', 500) + "…", ForeignText.Show(new string('x', 20_000_000)));
        Assert.Equal("abc…", ForeignText.Show("abcd", longest: 3));
        Assert.Equal("abc", ForeignText.Show("abc", longest: 3));
    }

    [Fact]
    public void CutLeavesNoHalfOfACharacter() => Assert.Equal("ab🔑…", ForeignText.Show("ab🔑🔑", longest: 3));
}
