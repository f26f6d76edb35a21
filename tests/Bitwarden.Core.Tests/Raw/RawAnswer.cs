using System.Net.Sockets;
using System.Text;

namespace Bitwarden.Core.Tests.Raw;

/// <summary>One answer of a <see cref="RawServer"/>, to be written byte by byte.</summary>
internal sealed class RawAnswer(Socket socket, Stream stream, Func<string, Task> scripted, CancellationToken stop)
{
    internal CancellationToken Stop => stop;

    /// <summary>What the server would have answered without the test.</summary>
    /// <param name="more">Further headers, each with its line end.</param>
    internal Task AsScriptedAsync(string more = "") => scripted(more);

    /// <summary>Status and headers, without a length unless it is given.</summary>
    internal Task HeadAsync(int status, string type = "application/json", string more = "") =>
        WriteAsync($"HTTP/1.1 {status} X\r\nContent-Type: {type}\r\nConnection: close\r\n{more}\r\n");

    /// <summary>A whole answer.</summary>
    internal async Task SendAsync(int status, byte[] body, string type = "application/json", string more = "")
    {
        await HeadAsync(status, type, $"Content-Length: {body.Length}\r\n{more}");
        await WriteAsync(body);
    }

    internal Task SendAsync(int status, string body, string type = "application/json", string more = "") =>
        SendAsync(status, Encoding.UTF8.GetBytes(body), type, more);

    internal Task WriteAsync(string text) => WriteAsync(Encoding.UTF8.GetBytes(text));

    internal async Task WriteAsync(byte[] bytes)
    {
        await stream.WriteAsync(bytes, stop);
        await stream.FlushAsync(stop);
    }

    /// <summary>Tears the connection down as a broken network does: the other side sees a reset.</summary>
    internal void Reset()
    {
        socket.LingerState = new LingerOption(enable: true, seconds: 0);
        socket.Close();
    }

    /// <summary>The same bytes until the client goes away.</summary>
    internal async Task ForeverAsync(byte[] bytes)
    {
        while (true)
        {
            await stream.WriteAsync(bytes, stop);
        }
    }

    internal Task SilenceAsync() => Task.Delay(Timeout.Infinite, stop);
}
