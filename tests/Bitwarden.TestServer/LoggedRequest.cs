namespace Bitwarden.TestServer;

/// <summary>A request as it arrived.</summary>
/// <param name="Method">The method.</param>
/// <param name="Path">The path without the query.</param>
/// <param name="Query">The query with its question mark, or an empty text.</param>
/// <param name="Headers">The headers; names ignore case.</param>
/// <param name="Form">The fields of a form; names ignore case.</param>
/// <param name="Body">The body as text.</param>
public sealed record LoggedRequest(
    string Method,
    string Path,
    string Query,
    IReadOnlyDictionary<string, string> Headers,
    IReadOnlyDictionary<string, string> Form,
    string Body);
