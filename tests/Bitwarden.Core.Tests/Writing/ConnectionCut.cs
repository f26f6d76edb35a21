using System.Net.Sockets;

namespace Bitwarden.Core.Tests.Writing;

/// <summary>
/// Connections of which one is torn down at a byte that is chosen before: at the n-th that is sent, or the n-th that arrives, counted over all of them.
/// </summary>
internal sealed class ConnectionCut
{
    private readonly object _gate = new();
    private long _sent;
    private long _received;
    private long _cutAtSent = long.MaxValue;
    private long _cutAtReceived = long.MaxValue;

    internal (long Sent, long Received) Passed => (_sent, _received);

    internal HttpMessageHandler Handler() => new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, ConnectCallback = ConnectAsync };

    /// <summary>Counts from here on, and cuts once.</summary>
    internal void Arm(long cutAtSent = long.MaxValue, long cutAtReceived = long.MaxValue)
    {
        lock (_gate)
        {
            (_sent, _received, _cutAtSent, _cutAtReceived) = (0, 0, cutAtSent, cutAtReceived);
        }
    }

    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        Socket socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(context.DnsEndPoint, cancellationToken);
        return new CutStream(this, socket);
    }

    /// <summary>How many of some bytes may still pass. The cut is used up by it.</summary>
    private int Take(int count, bool isSent)
    {
        lock (_gate)
        {
            ref long passed = ref isSent ? ref _sent : ref _received;
            ref long cutAt = ref isSent ? ref _cutAtSent : ref _cutAtReceived;
            int allowed = (int)Math.Min(count, cutAt - passed);
            passed += allowed;
            cutAt = allowed < count ? long.MaxValue : cutAt;
            return allowed;
        }
    }

    private sealed class CutStream(ConnectionCut cut, Socket socket) : NetworkStream(socket, ownsSocket: true)
    {
        private volatile bool _isCut;

        public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            EnsureWhole();
            int allowed = cut.Take(buffer.Length, isSent: true);
            await base.WriteAsync(buffer[..allowed], cancellationToken);
            EndUnless(allowed == buffer.Length);
            EnsureWhole();
        }

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            EnsureWhole();
            int read = await base.ReadAsync(buffer, cancellationToken);
            int allowed = cut.Take(read, isSent: false);
            EndUnless(allowed == read);
            return allowed > 0 || read == 0 ? allowed : throw new IOException("Cut by the test.");
        }

        // A reset, not an end in order.
        private void EndUnless(bool goesOn)
        {
            if (!goesOn)
            {
                _isCut = true;
                Socket.Close(0);
            }
        }

        private void EnsureWhole()
        {
            if (_isCut)
            {
                throw new IOException("Cut by the test.");
            }
        }
    }
}
