namespace Bitwarden.TestServer;

/// <summary>Every request so far, except those under /_test, and those that a fault answered as well.</summary>
public sealed class RequestLog
{
    private readonly object _gate = new();
    private readonly List<LoggedRequest> _requests = [];

    /// <summary>A copy of the log, oldest first.</summary>
    public IReadOnlyList<LoggedRequest> All
    {
        get
        {
            lock (_gate)
            {
                return _requests.ToArray();
            }
        }
    }

    /// <summary>Counts the requests to a path.</summary>
    public int Count(string pathPrefix, string? method = null) => All.Count(request =>
        request.Path.StartsWith(pathPrefix, StringComparison.OrdinalIgnoreCase)
        && (method is null || request.Method.Equals(method, StringComparison.OrdinalIgnoreCase)));

    /// <summary>Forgets all requests.</summary>
    public void Clear()
    {
        lock (_gate)
        {
            _requests.Clear();
        }
    }

    internal void Add(LoggedRequest request)
    {
        lock (_gate)
        {
            _requests.Add(request);
        }
    }
}
