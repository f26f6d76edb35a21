using Bitwarden.Core.Tests.Raw;

namespace Bitwarden.Core.Tests.Faults;

/// <summary>Something that goes wrong, as a column of the fault matrix.</summary>
/// <param name="Name">What it is called in the table.</param>
/// <param name="AnswerAsync">What the server does; null for a port where nobody listens.</param>
/// <param name="Codes">The ErrorIds that may be told, separated by spaces; <see cref="Fine"/> for none at all.</param>
internal sealed record MatrixFault(string Name, Func<RawAnswer, Task>? AnswerAsync, string Codes)
{
    /// <summary>Stands for no failure: the answer is still one.</summary>
    internal const string Fine = "-";

    /// <summary>Whether the call ends by its time limit, or could be stopped before.</summary>
    internal bool Waits { get; init; }

    /// <summary>Whether the status is that of a success, and only the body is at fault.</summary>
    internal bool Succeeds { get; init; }

    /// <summary>Whether a token is renewed for it, and the refused call, which has done nothing, made once more.</summary>
    internal bool RenewsToken { get; init; }

    /// <summary>How often .NET itself asks before we hear of it: a connection that ends without a byte may have been an idle one.</summary>
    internal int TransportRepeats { get; init; } = 1;

    /// <summary>Whether it is in every test run, not only in the whole matrix.</summary>
    internal bool IsInShortForm { get; init; }

    public override string ToString() => Name;
}
