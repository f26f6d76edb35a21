namespace Bitwarden.Core.Tests.Scripted;

/// <summary>A request as <see cref="ScriptedServer"/> saw it.</summary>
internal sealed record ScriptedRequest(HttpMethod Method, Uri Uri, IReadOnlyDictionary<string, string> Headers, string Body)
{
    /// <summary>The path without the service, for example <c>sync</c>.</summary>
    internal string Path => Uri.AbsolutePath.Replace("/identity/", string.Empty).Replace("/api/", string.Empty).TrimStart('/');
}
