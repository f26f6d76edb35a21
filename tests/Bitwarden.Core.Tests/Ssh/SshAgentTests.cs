using System.Buffers.Binary;
using System.Net.Sockets;
using Bitwarden.Core.Errors;
using Bitwarden.Core.Ssh;
using Xunit;

namespace Bitwarden.Core.Tests.Ssh;

/// <summary>What is sent to an agent, and what agents can answer. A real one is in the tests of the cmdlets.</summary>
public sealed class SshAgentTests : IDisposable
{
    private readonly string _address = Path.Combine(Path.GetTempPath(), $"agent-{Guid.NewGuid():N}");
    private readonly SshKey _key = SshKey.Generate(SshKeyType.Ed25519);

    [Fact]
    public async Task KeyIsSentAsTheDraftSays()
    {
        byte[] request = await Answered([0, 0, 0, 1, 6], agent => agent.AddAsync(_key, "deploy\u001b key"));
        EnsureAdds(request);
    }

    [Fact]
    public async Task ConstraintsStandBehindTheKey()
    {
        SshKeyConstraints constraints = SshKeyConstraints.Of(TimeSpan.FromHours(1), confirm: true);
        byte[] request = await Answered([0, 0, 0, 1, 6], agent => agent.AddAsync(_key, "x", constraints));
        Assert.Equal(25, request[4]);
        Assert.Equal([1, 0, 0, 0x0E, 0x10, 2], request[^6..]);
    }

    [Fact]
    public async Task WithoutConstraintsNoneAreSent()
    {
        byte[] request = await Answered([0, 0, 0, 1, 6], agent => agent.AddAsync(_key, "x", SshKeyConstraints.Of(null, confirm: false)));
        Assert.Equal(17, request[4]);
    }

    [Fact]
    public async Task OnlyThePublicPartIsSentToRemoveAKey()
    {
        byte[] request = await Answered([0, 0, 0, 1, 6], agent => agent.RemoveAsync(_key));
        Assert.Equal(18, request[4]);
        Assert.Equal(_key.PublicKey[12..], Convert.ToBase64String(request[9..]));
    }

    [Theory]
    [InlineData(ErrorCodes.SshAgentRefused, new byte[] { 0, 0, 0, 1, 5 })]
    [InlineData(ErrorCodes.SshAgentRefused, new byte[] { 0, 0, 0, 1, 28 })]
    [InlineData(ErrorCodes.SshAgentNotAvailable, new byte[] { 0, 0, 0, 1, 12 })]
    [InlineData(ErrorCodes.SshAgentNotAvailable, new byte[] { 0, 0, 0, 2, 6, 0 })]
    [InlineData(ErrorCodes.SshAgentNotAvailable, new byte[] { 0xFF, 0xFF, 0xFF, 0xFF, 6 })]
    [InlineData(ErrorCodes.SshAgentNotAvailable, new byte[] { 0, 0, 0, 0, 0 })]
    [InlineData(ErrorCodes.SshAgentNotAvailable, new byte[] { 0, 0 })]
    [InlineData(ErrorCodes.SshAgentNotAvailable, new byte[] { })]
    public async Task EveryOtherAnswerIsAnError(string code, byte[] answer)
    {
        SshAgentException failure = await Assert.ThrowsAsync<SshAgentException>(() => Answered(answer, agent => agent.AddAsync(_key, "x")));
        Assert.Equal(code, failure.Code);
    }

    [Fact]
    public async Task AgentThatSaysNothingIsLeft()
    {
        using Socket listener = Listen();
        SshAgentException failure = await Assert.ThrowsAsync<SshAgentException>(
            () => new SshAgent(_address, TimeSpan.FromMilliseconds(200)).RemoveAsync(_key));
        Assert.Equal(ErrorCodes.SshAgentNotAvailable, failure.Code);
        Assert.Contains("did not answer within 0.2 seconds", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WaitEndsWhenItIsCancelled()
    {
        using Socket listener = Listen();
        using CancellationTokenSource stop = new(TimeSpan.FromMilliseconds(100));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => new SshAgent(_address).RemoveAsync(_key, stop.Token));
    }

    [Theory]
    [InlineData("")]
    [InlineData("/nowhere/agent")]
    [InlineData("/tmp")]
    [InlineData("/a\0b")]
    [InlineData(null)]
    public async Task WhereNobodyListensIsSaid(string? address)
    {
        SshAgent agent = new(address ?? "/" + new string('x', 300));
        SshAgentException failure = await Assert.ThrowsAsync<SshAgentException>(() => agent.AddAsync(_key, "x"));
        Assert.Equal(ErrorCodes.SshAgentNotAvailable, failure.Code);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-10_000_000)]
    [InlineData(15_000_000)]
    [InlineData(42_949_672_960_000_000)]
    public void TimeThatTheProtocolCannotSayIsRefused(long ticks) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => SshKeyConstraints.Of(new TimeSpan(ticks), confirm: false));

    [Fact]
    public void LongestTimeIsWhole() => Assert.Equal(uint.MaxValue, SshKeyConstraints.Of(TimeSpan.FromSeconds(uint.MaxValue), false).Seconds);

    public void Dispose()
    {
        _key.Dispose();
        File.Delete(_address);
    }

    private void EnsureAdds(byte[] request)
    {
        Assert.Equal(request.Length - 4, BinaryPrimitives.ReadInt32BigEndian(request));
        SshWireReader reader = new(request.AsSpan(4));
        Assert.Equal(17, reader.Take(1)[0]);
        Assert.Equal("ssh-ed25519"u8, reader.ReadString());
        Assert.Equal(Convert.FromBase64String(_key.PublicKey[12..]).AsSpan()[^32..], reader.ReadString());
        Assert.Equal(64, reader.ReadString().Length);
        Assert.Equal("deploy\\u001B key"u8, reader.ReadString());
        Assert.True(reader.Rest.IsEmpty);
    }

    private async Task<byte[]> Answered(byte[] answer, Func<SshAgent, Task> ask)
    {
        using Socket listener = Listen();
        Task<byte[]> request = AnswerAsync(listener, answer);
        await ask(new SshAgent(_address));
        return await request;
    }

    private static async Task<byte[]> AnswerAsync(Socket listener, byte[] answer)
    {
        using Socket client = await listener.AcceptAsync();
        byte[] buffer = new byte[4096];
        int length = await client.ReceiveAsync(buffer);
        await client.SendAsync(answer);
        return buffer[..length];
    }

    private Socket Listen()
    {
        Socket listener = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        listener.Bind(new UnixDomainSocketEndPoint(_address));
        listener.Listen();
        return listener;
    }
}
