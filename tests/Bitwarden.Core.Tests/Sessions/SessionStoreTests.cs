using Bitwarden.Core.Api;
using Bitwarden.Core.Errors;
using Bitwarden.Core.Sessions;
using Bitwarden.Core.Tests.Scripted;
using Xunit;

namespace Bitwarden.Core.Tests.Sessions;

/// <summary>The only tests that add to the one static of the engine.</summary>
public sealed class SessionStoreTests : IDisposable
{
    private const string Here = "https://vault.example.org";
    private const string There = "https://other.example.org";
    private readonly ManualTimeProvider _time = new();
    private readonly List<BitwardenSession> _sessions = [];

    [Fact]
    public void NoSessionIsNotConnected() => AssertFails("NotConnected", null, null);

    [Theory]
    [InlineData(null, null)]
    [InlineData("ada@example.org", null)]
    [InlineData(" ADA@Example.org ", null)]
    [InlineData("user.0fdff322-665c-42fa-9319-084646d81dc7", null)]
    [InlineData("USER.0FDFF322-665C-42FA-9319-084646D81DC7", Here)]
    [InlineData(null, Here)]
    [InlineData(null, "vault.example.org")]
    [InlineData("ada@example.org", "https://VAULT.example.org:443/")]
    public async Task OnlySessionIsFound(string? account, string? server)
    {
        BitwardenSession session = await AddAsync(Here);
        Assert.Same(session, SessionStore.FindForVault(account, server));
    }

    [Theory]
    [InlineData("bob@example.org", null)]
    [InlineData("ada@example.org", There)]
    [InlineData(null, "US")]
    [InlineData("user.00000000-0000-0000-0000-000000000000", null)]
    [InlineData("ada", null)]
    [InlineData("", null)]
    public async Task OtherSessionIsNotTaken(string? account, string? server)
    {
        await AddAsync(Here);
        AssertFails("NotConnected", account, server);
    }

    [Fact]
    public async Task PrivateSessionIsNotSeen()
    {
        await AddAsync(Here, isPrivate: true);
        AssertFails("NotConnected", null, null);
        AssertFails("NotConnected", "ada@example.org", Here);
        Assert.Single(SessionStore.All);
    }

    [Fact]
    public async Task SeveralAccountsAreAmbiguousUnlessTheRegistrationSays()
    {
        BitwardenSession here = await AddAsync(Here);
        BitwardenSession there = await AddAsync(There);
        SessionException failure = AssertFails("AmbiguousSession", null, null);
        Assert.Contains("ada@example.org on https://vault.example.org", failure.Message);
        Assert.Contains("ada@example.org on https://other.example.org", failure.Message);
        AssertFails("AmbiguousSession", "ada@example.org", null);
        Assert.Same(here, SessionStore.FindForVault("ada@example.org", Here));
        Assert.Same(there, SessionStore.FindForVault(null, There));
    }

    [Fact]
    public async Task OfSeveralSessionsOfOneAccountTheUnlockedAndNewestIsTaken()
    {
        BitwardenSession oldest = await AddAsync(Here);
        _time.Advance(TimeSpan.FromMinutes(1));
        BitwardenSession newest = await AddAsync(Here);
        Assert.Same(newest, SessionStore.FindForVault(null, null));
        await ScriptedServer.UnlockAsync(oldest);
        Assert.Same(oldest, SessionStore.FindForVault(null, null));
        await ScriptedServer.UnlockAsync(newest);
        Assert.Same(newest, SessionStore.FindForVault(null, null));
    }

    [Fact]
    public async Task ConnectedSessionIsPreferredToACopyUnlessThatAloneIsOpen()
    {
        BitwardenSession connected = await AddAsync(Here);
        await ScriptedServer.UnlockAsync(connected);
        using CopyHarness files = new();
        await connected.SaveAsync(files.Path);
        _time.Advance(TimeSpan.FromMinutes(1));
        using BitwardenSession copy = files.Open();
        SessionStore.Add(copy);
        await ScriptedServer.UnlockAsync(copy);
        Assert.Same(connected, SessionStore.FindForVault(copy.ClientId, Here));
        connected.Lock();
        Assert.Same(copy, SessionStore.FindForVault(copy.ClientId, Here));
    }

    [Fact]
    public async Task DisposedSessionIsGone()
    {
        BitwardenSession session = await AddAsync(Here);
        session.Dispose();
        Assert.Empty(SessionStore.All);
        AssertFails("NotConnected", null, null);
    }

    [Fact]
    public async Task UnusableServerOfARegistrationIsNamed()
    {
        await AddAsync(Here);
        Assert.Equal("InvalidServer", Assert.Throws<InvalidInputException>(() => SessionStore.FindForVault(null, "http://vault.example.org")).Code);
    }

    public void Dispose() => _sessions.ForEach(session => session.Dispose());

    private async Task<BitwardenSession> AddAsync(string server, bool isPrivate = false)
    {
        BitwardenSession session = await new ScriptedServer().ConnectAsync(
            ServerEnvironment.Resolve(server), _time, new SessionOptions { IsPrivate = isPrivate }, ScriptedServer.ClientSecret, null, default);
        _sessions.Add(session);
        SessionStore.Add(session);
        return session;
    }

    private static SessionException AssertFails(string code, string? account, string? server)
    {
        SessionException failure = Assert.Throws<SessionException>(() => SessionStore.FindForVault(account, server));
        Assert.Equal(code, failure.Code);
        return failure;
    }
}
