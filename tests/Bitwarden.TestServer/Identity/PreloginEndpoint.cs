using System.Security.Cryptography;
using System.Text;
using Bitwarden.Core.Crypto;
using Bitwarden.TestServer.Api;

namespace Bitwarden.TestServer.Identity;

/// <summary>POST /identity/accounts/prelogin and its newer twin (protocol 3.3).</summary>
internal static class PreloginEndpoint
{
    private const int MaxEmailLength = 256;
    private static readonly KdfSettings[] s_fakes =
    [
        new(KdfType.Pbkdf2Sha256, 600_000),
        new(KdfType.Pbkdf2Sha256, 100_000),
        new(KdfType.Pbkdf2Sha256, 5_000),
        new(KdfType.Argon2id, 3, 64, 4),
        new(KdfType.Argon2id, 6, 32, 4),
    ];

    internal static void Map(ServerRoutes routes)
    {
        RouteGroup<AnonymousCall> accounts = routes.Anonymous("/identity/accounts").Post("/prelogin", AnswerAsync);
        if (!routes.Server.Options.PascalCaseApi)
        {
            accounts.Post("/prelogin/password", AnswerAsync);
        }
    }

    private static async Task<object?> AnswerAsync(AnonymousCall call)
    {
        PreloginRequest request = await call.ReadAsync<PreloginRequest>();
        string email = Check(request.Email);

        // The official server looks the e-mail up as it was sent: trimming and lower-casing are the client's.
        TestAccount? account = call.Server.Accounts.Find(email);
        KdfSettings kdf = account?.Kdf ?? Fake(email);
        return call.Server.Options.PascalCaseApi ? Old(kdf) : Describe(kdf, SaltOf(account));
    }

    private static string Check(string? email)
    {
        if (string.IsNullOrWhiteSpace(email))
        {
            throw ApiException.ModelState("Email", "The Email field is required.");
        }

        return email.Length <= MaxEmailLength && email.Contains('@', StringComparison.Ordinal)
            ? email
            : throw ApiException.ModelState("Email", "The Email field is not a supported e-mail address format.");
    }

    /// <summary>Only accounts whose salt is stored have one here; the PBKDF2 accounts stand for those that have not.</summary>
    private static string? SaltOf(TestAccount? account) => account?.Kdf.Type == KdfType.Argon2id ? account.Email : null;

    private static KdfSettings Fake(string email) => s_fakes[SHA256.HashData(Encoding.UTF8.GetBytes(email))[0] % s_fakes.Length];

    private static object Old(KdfSettings kdf) =>
        new { Kdf = (int)kdf.Type, KdfIterations = kdf.Iterations, KdfMemory = kdf.MemoryMib, KdfParallelism = kdf.Parallelism };

    private static object Describe(KdfSettings kdf, string? salt) => new
    {
        Kdf = (int)kdf.Type,
        KdfIterations = kdf.Iterations,
        KdfMemory = kdf.MemoryMib,
        KdfParallelism = kdf.Parallelism,
        KdfSettings = new { KdfType = (int)kdf.Type, kdf.Iterations, Memory = kdf.MemoryMib, kdf.Parallelism },
        Salt = salt,
    };

    private sealed record PreloginRequest(string? Email);
}
