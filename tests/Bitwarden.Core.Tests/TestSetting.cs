using System.Globalization;

namespace Bitwarden.Core.Tests;

/// <summary>Numbers of the environment that make the short form of a test a long one, or another one.</summary>
internal static class TestSetting
{
    internal static int Read(string variable, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), NumberStyles.None, CultureInfo.InvariantCulture, out int value) ? value : otherwise;
}
