using Bitwarden.Core.Errors;
using Bitwarden.PowerShell.Errors;

namespace Bitwarden.PowerShell.Injection;

/// <summary>What the operating system takes as names and values of environment variables.</summary>
internal static class EnvironmentNames
{
    // Windows: 32,767 characters with the end. Linux: MAX_ARG_STRLEN, 128 KiB for name, sign, value and end; a longer one ends the start of every program.
    private const int LongestOnWindows = 32_766;
    private const int LongestElsewhere = 131_072 - 2;

    /// <summary>Whether two names are one.</summary>
    internal static StringComparer Comparer { get; } = OperatingSystem.IsWindows() ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal;

    /// <exception cref="InvalidInputException">EnvironmentNameInvalid.</exception>
    internal static void EnsureName(string name)
    {
        if (string.IsNullOrWhiteSpace(name) || name.Contains('=', StringComparison.Ordinal) || name.Any(char.IsControl))
        {
            throw InputErrors.VariableName(name);
        }
    }

    /// <exception cref="InvalidInputException">EnvironmentValueInvalid.</exception>
    internal static void EnsureValue(string name, string value)
    {
        if (value.Contains('\0', StringComparison.Ordinal))
        {
            throw InputErrors.VariableValue(name, "has a character that no environment variable can have, U+0000");
        }

        bool isTooLong = OperatingSystem.IsWindows()
            ? value.Length > LongestOnWindows
            : System.Text.Encoding.UTF8.GetByteCount(name) + System.Text.Encoding.UTF8.GetByteCount(value) > LongestElsewhere;
        if (isTooLong)
        {
            throw InputErrors.VariableValue(name, "is longer than an environment variable can be");
        }
    }
}
