using System.Runtime.CompilerServices;
using Bitwarden.Core.Errors;
using Bitwarden.Core.Sessions;

namespace Bitwarden.SecretManagement;

/// <summary>
/// Keeps what a vault with MaxAge reads from becoming older than that: one short question to the server, and a sync if something has changed. When the server
/// does not answer, what is in memory is read, and the server is not asked again before that time is over.
/// </summary>
internal static class RevisionCheck
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(4);
    private static readonly ConditionalWeakTable<BitwardenSession, StrongBox<DateTimeOffset>> s_last = [];

    /// <summary>Whether the last question and the last sync are longer ago than that.</summary>
    internal static bool IsDue(BitwardenSession session, TimeSpan age)
    {
        DateTimeOffset asked = s_last.GetOrCreateValue(session).Value;
        DateTimeOffset known = session.LastSync > asked ? session.LastSync.Value : asked;
        return session.State == BitwardenSessionState.Unlocked && DateTimeOffset.UtcNow - known >= age;
    }

    internal static async Task RunAsync(BitwardenSession session, CancellationToken cancellationToken)
    {
        s_last.GetOrCreateValue(session).Value = DateTimeOffset.UtcNow;
        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(s_limit);
        try
        {
            await session.SyncAsync(force: false, limit.Token).ConfigureAwait(false);
        }
        catch (BitwardenException) when (session.State == BitwardenSessionState.Unlocked)
        {
            // What is in memory is read.
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // The same.
        }
    }
}
