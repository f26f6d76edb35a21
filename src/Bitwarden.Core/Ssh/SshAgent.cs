using System.Buffers.Binary;
using System.IO.Pipes;
using System.Net.Sockets;
using System.Text;
using Bitwarden.Core.Crypto;
using Bitwarden.Core.Errors;

namespace Bitwarden.Core.Ssh;

/// <summary>
/// A running SSH agent (draft-ietf-sshm-ssh-agent): a Unix socket, on Windows a named pipe. One connection for each request. As with ssh itself, whoever says
/// where the agent is decides who gets the keys; the socket's owner is not looked at, since agents of other users are used on purpose too.
/// </summary>
public sealed class SshAgent
{
    /// <summary>Where the agent of Windows listens.</summary>
    public const string WindowsPipe = PipePrefix + "openssh-ssh-agent";

    private const string PipePrefix = @"\\.\pipe\";
    private const byte Success = 6;
    private const byte Failure = 5;
    private const byte ExtensionFailure = 28;
    private const byte AddIdentity = 17;
    private const byte RemoveIdentity = 18;
    private const byte AddConstrained = 25;
    private const byte LifetimeConstraint = 1;
    private const byte ConfirmConstraint = 2;

    private readonly string _address;
    private readonly TimeSpan _limit;

    /// <summary>Names an agent, which is not asked anything yet.</summary>
    /// <param name="address">The path of its socket, or of its named pipe on Windows.</param>
    /// <param name="limit">How long a request may take. Some agents ask their user before they answer. Null for two minutes.</param>
    public SshAgent(string address, TimeSpan? limit = null)
    {
        ArgumentNullException.ThrowIfNull(address);
        _address = address;
        _limit = limit ?? TimeSpan.FromMinutes(2);
    }

    /// <summary>Hands a key to the agent. One that it has already gets the new constraints.</summary>
    /// <param name="key">The key; stays the caller's.</param>
    /// <param name="comment">What the agent calls it; anybody's words.</param>
    /// <param name="constraints">What the agent must keep to; null for nothing.</param>
    /// <param name="cancellationToken">Ends the wait. The agent may have the key then.</param>
    /// <exception cref="SshAgentException">SshAgentNotAvailable or SshAgentRefused.</exception>
    public async Task AddAsync(SshKey key, string comment, SshKeyConstraints? constraints = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(key);
        bool isBound = constraints is { IsEmpty: false };
        using SshWireWriter writer = new();
        writer.WriteByte(isBound ? AddConstrained : AddIdentity).WriteRaw(key.Fields.Span);
        writer.WriteString(Encoding.UTF8.GetBytes(ForeignText.Show(comment, ForeignText.NameLength)));
        if (constraints?.Seconds is uint seconds)
        {
            writer.WriteByte(LifetimeConstraint).WriteUInt32(seconds);
        }

        if (constraints is { Confirm: true })
        {
            writer.WriteByte(ConfirmConstraint);
        }

        using SecretBytes request = writer.ToSecret();
        string refusal = isBound ? "The SSH agent did not take the key under these constraints." : "The SSH agent did not take the key.";
        await AskAsync(request, refusal, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Has the agent forget a key.</summary>
    /// <param name="key">The key, of which only the public part is sent; stays the caller's.</param>
    /// <param name="cancellationToken">Ends the wait. The agent may have forgotten the key then.</param>
    /// <exception cref="SshAgentException">SshAgentNotAvailable, or SshAgentRefused where the agent does not have the key.</exception>
    public async Task RemoveAsync(SshKey key, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(key);
        using SshWireWriter writer = new();
        using SecretBytes request = writer.WriteByte(RemoveIdentity).WriteString(key.PublicBlob).ToSecret();
        await AskAsync(request, "The SSH agent did not remove the key. Most likely it does not have it.", cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Names the agent.</summary>
    public override string ToString() => $"SshAgent {_address}";

    private async Task AskAsync(SecretBytes request, string refusal, CancellationToken cancellationToken)
    {
        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(_limit);
        byte answer;
        try
        {
            Stream connection = await ConnectAsync(limit.Token).ConfigureAwait(false);
            await using (connection.ConfigureAwait(false))
            {
                answer = await ExchangeAsync(connection, request, limit.Token).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw SshAgentException.Silent(_address, _limit);
        }
        catch (Exception e) when (e is IOException or SocketException or UnauthorizedAccessException or ArgumentException or PlatformNotSupportedException)
        {
            throw SshAgentException.Unreachable(_address, e);
        }

        if (answer != Success)
        {
            throw answer is Failure or ExtensionFailure ? SshAgentException.Refused(refusal) : SshAgentException.Nonsense(_address);
        }
    }

    private async Task<Stream> ConnectAsync(CancellationToken cancellationToken)
    {
        if (OperatingSystem.IsWindows() && _address.StartsWith(PipePrefix, StringComparison.OrdinalIgnoreCase))
        {
            NamedPipeClientStream pipe = new(".", _address[PipePrefix.Length..], PipeDirection.InOut, PipeOptions.Asynchronous);
            await pipe.ConnectAsync(cancellationToken).ConfigureAwait(false);
            return pipe;
        }

        Socket socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(_address), cancellationToken).ConfigureAwait(false);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    // Every answer to these requests is one byte. Whatever is longer is not read, however long it says that it is.
    private async Task<byte> ExchangeAsync(Stream connection, SecretBytes request, CancellationToken cancellationToken)
    {
        using SshWireWriter writer = new();
        using SecretBytes framed = writer.WriteString(request.Span).ToSecret();
        await connection.WriteAsync(framed.Segment, cancellationToken).ConfigureAwait(false);
        byte[] answer = new byte[5];
        await connection.ReadExactlyAsync(answer, cancellationToken).ConfigureAwait(false);
        return BinaryPrimitives.ReadUInt32BigEndian(answer) == 1 ? answer[4] : throw SshAgentException.Nonsense(_address);
    }
}
