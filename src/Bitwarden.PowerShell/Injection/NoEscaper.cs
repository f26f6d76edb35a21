namespace Bitwarden.PowerShell.Injection;

/// <summary>Leaves values as they are.</summary>
internal sealed class NoEscaper : ValueEscaper
{
    /// <inheritdoc/>
    internal override void Read(ReadOnlySpan<char> text)
    {
    }

    /// <inheritdoc/>
    internal override string? Escape(string value, ReadOnlySpan<char> after, out string problem)
    {
        problem = string.Empty;
        return value;
    }
}
