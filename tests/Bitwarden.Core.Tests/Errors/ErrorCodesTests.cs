using System.Reflection;
using Bitwarden.Core.Errors;
using Xunit;

namespace Bitwarden.Core.Tests.Errors;

public sealed class ErrorCodesTests
{
    public static TheoryData<string, string> Codes => new(typeof(ErrorCodes).GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(field => (field.Name, (string)field.GetRawConstantValue()!)));

    [Theory]
    [MemberData(nameof(Codes))]
    public void CodeIsNamedAsItsValue(string name, string value) => Assert.Equal(name, value);

    [Fact]
    public void HintIsPartOfTheMessage()
    {
        SessionException failure = SessionException.VaultLocked("ada@example.org");
        Assert.Equal("The vault of ada@example.org is locked.", failure.Message);
        failure.Hint = "Unlock it.";
        Assert.Equal("The vault of ada@example.org is locked. Unlock it.", failure.Message);
        Assert.Contains("Unlock it.", failure.ToString(), StringComparison.Ordinal);
    }
}
