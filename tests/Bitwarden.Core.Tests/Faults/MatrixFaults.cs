using System.IO.Compression;
using System.Text;
using Bitwarden.Core.Tests.Raw;

namespace Bitwarden.Core.Tests.Faults;

/// <summary>Every fault of the matrix. An ErrorId that a row does not name is a failure of the test.</summary>
internal static class MatrixFaults
{
    private const string Broken = "ServerUnreachable";
    private const string Odd = "UnexpectedResponse";
    private const string Malformed = "MalformedEncString UnsupportedEncryption DecryptionFailed";
    private const string TooLarge = "AnswerTooLarge";
    private const string Html = "<html><head><title>Sign in</title></head></html>";
    private const string Escape = "\\u001b]52;c;aGk=\\u0007 ##vso[task.setvariable variable=x]y";
    private static readonly byte[] s_part = [.. Enumerable.Repeat((byte)2, 64 * 1024)];
    private static readonly Lazy<byte[]> s_bomb = new(Bomb);

    private static string AnyKdf => "InsufficientKdf ExcessiveKdf UnsupportedKdf KdfOutOfMemory";

    internal static MatrixFault[] All { get; } = [.. Connection(), .. Statuses(), .. Bodies(), .. Sizes()];

    private static IEnumerable<MatrixFault> Connection() =>
    [
        new("connection refused", null, Broken) { IsInShortForm = true },
        new("reset before the headers", answer => ResetAsync(answer, _ => Task.CompletedTask), Broken) { IsInShortForm = true },
        new("reset within the headers", answer => ResetAsync(answer, a => a.WriteAsync("HTTP/1.1 200 OK\r\nContent-")), Broken),
        new("reset after the headers", answer => ResetAsync(answer, a => a.HeadAsync(200, more: "Content-Length: 100\r\n")), Broken) { Succeeds = true },
        new("reset in the body", answer => ResetAsync(answer, HalfAsync), Broken) { IsInShortForm = true, Succeeds = true },
        new("closed without a word", _ => Task.CompletedTask, Broken) { TransportRepeats = 4 },
        new("closed in the body", HalfAsync, Broken) { IsInShortForm = true, Succeeds = true },
        new("not HTTP", answer => answer.WriteAsync("SSH-2.0-OpenSSH_9.6\r\n"), Broken),
        new("silence", answer => answer.SilenceAsync(), "ServerTimeout") { Waits = true, IsInShortForm = true },
        new("silence after the headers", async answer =>
        {
            await answer.HeadAsync(200);
            await answer.SilenceAsync();
        }, "ServerTimeout") { Waits = true, Succeeds = true },
        new("one byte a second", DripAsync, $"ServerTimeout {Malformed}") { Waits = true, IsInShortForm = true, Succeeds = true },
        new("headers without an end", async answer =>
        {
            await answer.WriteAsync("HTTP/1.1 200 OK\r\nX-Long: ");
            await answer.ForeverAsync(s_part);
        }, Broken),
    ];

    private static IEnumerable<MatrixFault> Statuses() =>
    [
        new("401 of the API itself", answer => answer.SendAsync(401, "{\"message\":\"x\",\"object\":\"error\"}"), "ApiError SessionExpired")
        {
            IsInShortForm = true, RenewsToken = true,
        },
        new("401 with a page", answer => answer.SendAsync(401, Html, "text/html"), Odd) { IsInShortForm = true },
        new("401 of a gateway", answer => answer.SendAsync(401, "{\"message\":\"Unauthorized\"}"), "ApiError") { RenewsToken = true },
        new("403 of a gateway", answer => answer.SendAsync(403, "{\"message\":\"Forbidden\"}"), "ApiError"),
        new("403 with a page", answer => answer.SendAsync(403, Html, "text/html"), Odd),
        new("404", answer => answer.SendAsync(404, "{}"), "ApiError"),
        new("429", answer => answer.SendAsync(429, "{}"), "RateLimited") { IsInShortForm = true },
        new("429, a huge wait", answer => answer.SendAsync(429, "{}", more: "Retry-After: 2147483647\r\n"), "RateLimited"),
        new("429, a wait beyond numbers", answer => answer.SendAsync(429, "{}", more: "Retry-After: 99999999999999999999\r\n"), "RateLimited"),
        new("429, a negative wait", answer => answer.SendAsync(429, "{}", more: "Retry-After: -5\r\n"), "RateLimited"),
        new("429, until a date", answer => answer.SendAsync(429, "{}", more: "Retry-After: Fri, 31 Dec 9999 23:59:59 GMT\r\n"), "RateLimited"),
        new(
            "500", answer => answer.SendAsync(500, "{\"message\":\"An unhandled server error has occurred.\",\"object\":\"error\"}"),
            "ServerError") { IsInShortForm = true },
        new("502 with a page", answer => answer.SendAsync(502, Html, "text/html"), Odd),
        new("503", answer => answer.SendAsync(503, "upstream unavailable", "text/plain"), "ServerError"),
        new("504", answer => answer.SendAsync(504, string.Empty), "ServerError"),
        new("redirect", answer => answer.SendAsync(302, string.Empty, more: "Location: https://login.example.com/\r\n"), Odd) { IsInShortForm = true },
        new("an error that a terminal would obey", answer => answer.SendAsync(400, $"{{\"message\":\"{Escape}\"}}"), "ApiError") { IsInShortForm = true },
        new("an error of half characters", answer => answer.SendAsync(400, "{\"message\":\"\\ud800\",\"validationErrors\":{\"\":[\"\\udc00\"]}}"), "ApiError"),
        new("an error of wrong types", answer => answer.SendAsync(400, "{\"error\":{},\"message\":[],\"ErrorModel\":7}"), "ApiError"),
    ];

    private static IEnumerable<MatrixFault> Bodies() =>
    [
        new("a page", answer => answer.SendAsync(200, Html, "text/html"), $"{Odd} {MatrixFault.Fine}") { IsInShortForm = true },
        new("the wrong type", answer => answer.SendAsync(200, "{}", "image/png"), $"{Odd} {Malformed} {MatrixFault.Fine}"),
        new("no body", answer => answer.SendAsync(200, string.Empty), $"{Odd} {Malformed} {MatrixFault.Fine}"),
        new("204", answer => answer.WriteAsync("HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n"), $"{Odd} {Malformed} {MatrixFault.Fine}"),
        new(
            "truncated JSON", answer => answer.SendAsync(200, "{\"access_token\":\"e30.e30.x\",\"kdf\":"),
            $"{Odd} {Malformed} {MatrixFault.Fine}") { IsInShortForm = true },
        new(
            "other types than expected",
            answer => answer.SendAsync(
                200, "{\"access_token\":9,\"profile\":5,\"kdf\":\"x\",\"url\":[],\"apiKey\":{},\"key\":[1],\"version\":{}}"),
            $"{Odd} {Malformed} {MatrixFault.Fine}") { IsInShortForm = true },
        new("a list", answer => answer.SendAsync(200, "[1,2,3]"), $"{Odd} {Malformed} {MatrixFault.Fine}"),
        new(
            "100,000 levels", answer => answer.SendAsync(200, new string('[', 100_000) + new string(']', 100_000)),
            $"{Odd} {TooLarge} {Malformed} {MatrixFault.Fine}"),
        new(
            "NUL", answer => answer.SendAsync(200, "{\"access_token\":\"a\\u0000b\",\"apiKey\":\"\\u0000\",\"url\":\"\\u0000\",\"key\":\"\\u0000\"}\0"),
            $"{Odd} {Malformed} {MatrixFault.Fine}"),
        new(
            "duplicate members",
            answer => answer.SendAsync(
                200,
                "{\"access_token\":\"a\",\"access_token\":\"b c\",\"kdf\":0,\"kdf\":1,"
                + "\"url\":\"ftp://x\",\"url\":\"ftp://y\",\"apiKey\":\"\",\"apiKey\":\"\",\"key\":\"\",\"key\":\"\"}"),
            $"{Odd} {Malformed} {AnyKdf} {MatrixFault.Fine}"),
        new(
            "absurd numbers",
            answer => answer.SendAsync(
                200, "{\"access_token\":\"e30.e30.x\",\"expires_in\":1e999,\"kdf\":-1,\"kdfIterations\":99999999999,\"size\":-1e308}"),
            $"{Odd} {Malformed} {AnyKdf} {MatrixFault.Fine}"),
        new("a number beyond dates", answer => answer.SendAsync(200, "9223372036854775807"), $"{Odd} {Malformed} {MatrixFault.Fine}"),
        new("a clock a century ahead", SkewedAsync, MatrixFault.Fine),
        new(
            "UTF-16", answer => answer.SendAsync(200, Encoding.Unicode.GetBytes("{\"version\":\"1\"}"), "application/json; charset=utf-16"),
            $"{Odd} {Malformed} {MatrixFault.Fine}"),
        new(
            "an unknown charset", answer => answer.SendAsync(200, "{}", "application/json; charset=nonsense"),
            $"{Odd} {Malformed} {AnyKdf} {MatrixFault.Fine}"),
        new("corrupt gzip", answer => answer.SendAsync(200, Noise(), more: "Content-Encoding: gzip\r\n"), $"{Broken} {MatrixFault.Fine}"),
        new("corrupt brotli", answer => answer.SendAsync(200, Noise(), more: "Content-Encoding: br\r\n"), $"{Broken} {MatrixFault.Fine}")
        {
            IsInShortForm = true,
        },
        new("an error in corrupt brotli", answer => answer.SendAsync(400, Noise(), more: "Content-Encoding: br\r\n"), "ApiError"),
        new(
            "an access token with a line break", answer => answer.SendAsync(200, "{\"access_token\":\"a\\r\\nX-Evil: 1\",\"expires_in\":1}"),
            $"{Odd} {Malformed} {AnyKdf} {MatrixFault.Fine}") { IsInShortForm = true },
    ];

    private static IEnumerable<MatrixFault> Sizes() =>
    [
        new("a body without an end", async answer =>
        {
            await answer.HeadAsync(200);
            await answer.WriteAsync("\"");
            await answer.ForeverAsync([.. Enumerable.Repeat((byte)'x', 64 * 1024)]);
        }, $"{TooLarge} {Malformed} {MatrixFault.Fine}") { IsInShortForm = true },
        new("a file without an end", async answer =>
        {
            await answer.HeadAsync(200, "application/octet-stream");
            await answer.ForeverAsync(s_part);
        }, $"{TooLarge} {Odd} {MatrixFault.Fine}"),
        new("an error without an end", async answer =>
        {
            await answer.HeadAsync(400);
            await answer.ForeverAsync(s_part);
        }, "ApiError") { IsInShortForm = true },
        new(
            "a length beyond all limits", answer => answer.HeadAsync(200, more: "Content-Length: 9223372036854775807\r\n"),
            $"{TooLarge} {Broken} {MatrixFault.Fine}"),
        new(
            "gzip of 300 MB", answer => answer.SendAsync(200, s_bomb.Value, more: "Content-Encoding: gzip\r\n"),
            $"{TooLarge} {Malformed} {MatrixFault.Fine}") { IsInShortForm = true },
        new("an error, gzip of 300 MB", answer => answer.SendAsync(400, s_bomb.Value, more: "Content-Encoding: gzip\r\n"), "ApiError") { IsInShortForm = true },
    ];

    private static async Task ResetAsync(RawAnswer answer, Func<RawAnswer, Task> before)
    {
        await before(answer);
        await Task.Delay(10);
        answer.Reset();
    }

    private static async Task HalfAsync(RawAnswer answer)
    {
        await answer.HeadAsync(200, more: "Content-Length: 1000\r\n");
        await answer.WriteAsync("{\"profile\":");
    }

    private static async Task DripAsync(RawAnswer answer)
    {
        await answer.HeadAsync(200);
        while (true)
        {
            await answer.WriteAsync(" ");
            await Task.Delay(50, answer.Stop);
        }
    }

    private static Task SkewedAsync(RawAnswer answer) => answer.AsScriptedAsync("Date: Fri, 31 Dec 2126 23:59:59 GMT\r\n");

    private static byte[] Noise() => [.. Enumerable.Repeat((byte)0xA7, 300)];

    private static byte[] Bomb()
    {
        byte[] part = Encoding.ASCII.GetBytes(new string('x', 1024 * 1024));
        using MemoryStream packed = new();
        using (GZipStream gzip = new(packed, CompressionLevel.Fastest))
        {
            gzip.Write("\""u8);
            for (int i = 0; i < 300; i++)
            {
                gzip.Write(part);
            }
        }

        return packed.ToArray();
    }
}
