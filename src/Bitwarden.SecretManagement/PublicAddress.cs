using System.Text;

namespace Bitwarden.SecretManagement;

/// <summary>An address without what may be secret in it: user and password, query and fragment.</summary>
internal static class PublicAddress
{
    private const string Separator = "://";
    private const string Ends = "@?#";

    /// <summary>The rest of an address; empty for one in which it cannot be told where a password begins.</summary>
    internal static string Of(string address)
    {
        if (Ascii.IsValid(address) && address.AsSpan().IndexOfAny(Ends) < 0)
        {
            return address;
        }

        bool hasScheme = address.Contains(Separator, StringComparison.Ordinal);
        if (!Uri.TryCreate(hasScheme ? address : "https" + Separator + address, UriKind.Absolute, out Uri? uri))
        {
            return address.Contains('@', StringComparison.Ordinal) ? string.Empty : address.Split('?', '#')[0];
        }

        UriComponents server = hasScheme ? UriComponents.SchemeAndServer : UriComponents.Host | UriComponents.Port;
        return uri.UserInfo.Length + uri.Query.Length + uri.Fragment.Length == 0
            ? address
            : uri.GetComponents(server | UriComponents.Path, UriFormat.UriEscaped);
    }
}
