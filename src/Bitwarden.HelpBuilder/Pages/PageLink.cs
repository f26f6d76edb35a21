namespace Bitwarden.HelpBuilder.Pages;

/// <summary>A related link.</summary>
internal sealed record PageLink(int Line, string Text, string Address)
{
    internal bool IsOnWeb => Address.StartsWith("https://", StringComparison.Ordinal) || Address.StartsWith("http://", StringComparison.Ordinal);
}
