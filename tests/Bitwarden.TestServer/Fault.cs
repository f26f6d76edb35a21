namespace Bitwarden.TestServer;

/// <summary>Something to go wrong.</summary>
/// <param name="PathPrefix">For example /api/sync or /identity/connect/token.</param>
/// <param name="Kind">What happens.</param>
/// <param name="Times">How many requests it happens to.</param>
/// <param name="Method">Only requests with this method, or null for all.</param>
/// <param name="RetryAfterSeconds">For <see cref="FaultKind.TooManyRequests"/>.</param>
/// <param name="DelayMilliseconds">For <see cref="FaultKind.SlowHeaders"/>.</param>
/// <param name="Location">For <see cref="FaultKind.Redirect"/>.</param>
/// <param name="Bytes">For <see cref="FaultKind.AnswerCut"/>: how much of the answer is sent, from the first byte of its status line on.</param>
public sealed record Fault(
    string PathPrefix,
    FaultKind Kind,
    int Times = int.MaxValue,
    string? Method = null,
    int RetryAfterSeconds = 60,
    int DelayMilliseconds = 1000,
    string Location = "https://login.example.com/sso",
    int Bytes = 0)
{
    internal bool Matches(string method, string path) =>
        path.StartsWith(PathPrefix, StringComparison.OrdinalIgnoreCase)
        && (Method is null || Method.Equals(method, StringComparison.OrdinalIgnoreCase));
}
