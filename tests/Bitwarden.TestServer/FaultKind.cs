namespace Bitwarden.TestServer;

/// <summary>What goes wrong with a request.</summary>
public enum FaultKind
{
    /// <summary>200 with somebody's login page.</summary>
    Html,

    /// <summary>403 with a bot protection page.</summary>
    HtmlForbidden,

    /// <summary>429 with Retry-After and the official JSON.</summary>
    TooManyRequests,

    /// <summary>500 with the official JSON.</summary>
    ServerError,

    /// <summary>503 with a plain text of a proxy.</summary>
    ServiceUnavailable,

    /// <summary>The request takes effect; half of its answer arrives, and Content-Length agrees with the half.</summary>
    TruncatedJson,

    /// <summary>The request takes effect; the connection is torn down in the middle of the answer.</summary>
    BrokenConnection,

    /// <summary>The connection ends once the request has arrived; it takes no effect.</summary>
    RequestLost,

    /// <summary>The request takes effect; the connection ends after <see cref="Fault.Bytes"/> of its answer.</summary>
    AnswerCut,

    /// <summary>No answer until the client goes away or the server stops.</summary>
    Hang,

    /// <summary>401 without a body.</summary>
    Unauthorized,

    /// <summary>302 to another host.</summary>
    Redirect,

    /// <summary>The right answer, after <see cref="Fault.DelayMilliseconds"/>.</summary>
    SlowHeaders,
}
