using System.Globalization;
using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Bitwarden.Core.Api;
using Bitwarden.Core.Tests.Scripted;

namespace Bitwarden.Core.Tests.Raw;

/// <summary>
/// A listener on loopback that answers with the routes of a <see cref="ScriptedServer"/>, except where a test sends bytes of its own or breaks the
/// connection: what no HTTP server would let a test do.
/// </summary>
internal sealed class RawServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly HttpMessageInvoker _behind;
    private readonly ConcurrentDictionary<string, int> _counts = new();

    internal RawServer(ScriptedServer behind)
    {
        _behind = new HttpMessageInvoker(behind, disposeHandler: false);
        _listener.Start();
        _ = AcceptAsync();
    }

    internal Uri Url => new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");

    internal ServerEnvironment Environment => ServerEnvironment.Resolve(Url.AbsoluteUri);

    /// <summary>What happens at a path of <see cref="ScriptedRequest.Path"/> instead of the scripted answer; gets how often the path was asked for.</summary>
    internal ConcurrentDictionary<string, Func<RawAnswer, int, Task>> Faults { get; } = new();

    internal int Count(string path) => _counts.GetValueOrDefault(path);

    public void Dispose()
    {
        _stop.Cancel();
        _listener.Stop();
        _behind.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                _ = ServeAsync(await _listener.AcceptSocketAsync(_stop.Token));
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // Stopped.
        }
    }

    private async Task ServeAsync(Socket socket)
    {
        using NetworkStream stream = new(socket, ownsSocket: true);
        try
        {
            HttpRequestMessage? request = await ReadAsync(stream);
            if (request is null)
            {
                return;
            }

            string path = new ScriptedRequest(request.Method, request.RequestUri!, new Dictionary<string, string>(), string.Empty).Path;
            int count = _counts.AddOrUpdate(path, 1, (_, before) => before + 1);
            RawAnswer answer = new(socket, stream, more => AnswerBehindAsync(stream, request, more), _stop.Token);
            await (Faults.TryGetValue(path, out Func<RawAnswer, int, Task>? fault) ? fault(answer, count) : answer.AsScriptedAsync());
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or ObjectDisposedException or SocketException)
        {
            // The client went away, or the test has ended.
        }
    }

    private async Task<HttpRequestMessage?> ReadAsync(Stream stream)
    {
        List<byte> head = [];
        byte[] one = new byte[1];
        while (head.Count < 4 || !head.TakeLast(4).SequenceEqual("\r\n\r\n"u8.ToArray()))
        {
            if (await stream.ReadAsync(one, _stop.Token) == 0)
            {
                return null;
            }

            head.Add(one[0]);
        }

        string[] lines = Encoding.Latin1.GetString([.. head]).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Dictionary<string, string> headers = lines.Skip(1)
            .Select(line => line.Split(": ", 2))
            .ToDictionary(pair => pair[0], pair => pair[1], StringComparer.OrdinalIgnoreCase);
        byte[] body = new byte[int.Parse(headers.GetValueOrDefault("Content-Length", "0"), CultureInfo.InvariantCulture)];
        await stream.ReadExactlyAsync(body, _stop.Token);
        HttpRequestMessage request = new(new HttpMethod(lines[0].Split(' ')[0]), new Uri(Url, lines[0].Split(' ')[1])) { Content = new ByteArrayContent(body) };
        foreach ((string name, string value) in headers)
        {
            _ = request.Headers.TryAddWithoutValidation(name, value) || request.Content.Headers.TryAddWithoutValidation(name, value);
        }

        return request;
    }

    private async Task AnswerBehindAsync(Stream stream, HttpRequestMessage request, string more)
    {
        using HttpResponseMessage response = await _behind.SendAsync(request, _stop.Token);
        byte[] body = await response.Content.ReadAsByteArrayAsync();
        string head = $"HTTP/1.1 {(int)response.StatusCode} X\r\nContent-Type: {response.Content.Headers.ContentType}\r\n"
            + $"Content-Length: {body.Length}\r\nConnection: close\r\n{more}\r\n";
        await stream.WriteAsync(Encoding.Latin1.GetBytes(head));
        await stream.WriteAsync(body);
    }
}
