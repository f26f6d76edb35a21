using Bitwarden.Core.Errors;

namespace Bitwarden.Core.Api;

/// <summary>How one attempt of a call ended.</summary>
internal sealed record Attempt<T>
{
    internal T? Value { get; private init; }

    /// <summary>What went wrong; null for success.</summary>
    internal BitwardenException? Failure { get; private init; }

    /// <summary>Whether another attempt could go better.</summary>
    internal bool IsPassing { get; private init; }

    /// <summary>Whether our own time limit ended it, so that an earlier failure says more.</summary>
    internal bool IsTimeout { get; private init; }

    /// <summary>How long the server wants one to wait.</summary>
    internal TimeSpan? AskedWait { get; private init; }

    internal static Attempt<T> Succeeded(T value) => new() { Value = value };

    internal static Attempt<T> Failed(BitwardenException failure, bool isPassing, TimeSpan? askedWait = null) =>
        new() { Failure = failure, IsPassing = isPassing, AskedWait = askedWait };

    internal static Attempt<T> TimedOut(ServerException failure) => new() { Failure = failure, IsTimeout = true };
}
