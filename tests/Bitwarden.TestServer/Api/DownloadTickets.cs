using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace Bitwarden.TestServer.Api;

/// <summary>The short-lived links by which attachments are fetched without a bearer token.</summary>
internal sealed class DownloadTickets(ServerClock clock)
{
    private static readonly TimeSpan s_lifetime = TimeSpan.FromMinutes(1);
    private readonly ConcurrentDictionary<string, DateTime> _tickets = new();

    internal string Issue()
    {
        string ticket = Convert.ToHexString(RandomNumberGenerator.GetBytes(16)).ToLowerInvariant();
        _tickets[ticket] = clock.UtcNow + s_lifetime;
        return ticket;
    }

    internal bool Accepts(string ticket) => _tickets.TryGetValue(ticket, out DateTime end) && clock.UtcNow < end;
}
