using System.Globalization;
using System.Security.Cryptography;
using Bitwarden.Core.Errors;

namespace Bitwarden.Core.Generators;

/// <summary>What a TOTP field says, read as official clients read it.</summary>
internal sealed record TotpSettings(string Secret, HashAlgorithmName Algorithm, int Digits, long PeriodSeconds, bool IsSteam)
{
    private const string OtpAuth = "otpauth://";
    private const string OtpAuthHotp = "otpauth://hotp";
    private const string SteamScheme = "steam://";
    private const int DefaultDigits = 6;
    private const int MaxDigits = 10;
    private const int DefaultPeriod = 30;

    internal static TotpSettings Parse(string field)
    {
        string text = field.Trim();
        if (text.StartsWith(OtpAuthHotp, StringComparison.OrdinalIgnoreCase))
        {
            throw InvalidInputException.Totp("It is counter-based (HOTP), which is not supported.");
        }

        if (text.StartsWith(OtpAuth, StringComparison.OrdinalIgnoreCase))
        {
            return FromUri(text);
        }

        bool steam = text.StartsWith(SteamScheme, StringComparison.OrdinalIgnoreCase);
        return new TotpSettings(steam ? text[SteamScheme.Length..] : text, HashAlgorithmName.SHA1, DefaultDigits, DefaultPeriod, steam);
    }

    /// <inheritdoc/>
    public override string ToString() => "TotpSettings";

    private static TotpSettings FromUri(string text)
    {
        Dictionary<string, string> query = Query(text);
        if (!query.TryGetValue("secret", out string? secret) || secret.Length == 0)
        {
            throw InvalidInputException.Totp("Its otpauth address contains no secret.");
        }

        return new TotpSettings(
            secret,
            AlgorithmOf(query.GetValueOrDefault("algorithm")),
            Math.Clamp(Number(query, "digits") ?? DefaultDigits, 0, MaxDigits),
            Math.Max(Number(query, "period") ?? DefaultPeriod, 1),
            IsSteam: false);
    }

    private static Dictionary<string, string> Query(string text)
    {
        Dictionary<string, string> query = new(StringComparer.OrdinalIgnoreCase);
        foreach (string pair in text[(text.IndexOf('?', StringComparison.Ordinal) + 1)..].Split('&'))
        {
            string[] halves = pair.Split('=', 2);
            query.TryAdd(halves[0], halves.Length == 2 ? Uri.UnescapeDataString(halves[1]) : string.Empty);
        }

        return query;
    }

    private static int? Number(Dictionary<string, string> query, string name) =>
        query.TryGetValue(name, out string? text) && int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out int number)
            ? number
            : null;

    private static HashAlgorithmName AlgorithmOf(string? name) => name?.ToUpperInvariant() switch
    {
        "SHA256" => HashAlgorithmName.SHA256,
        "SHA512" => HashAlgorithmName.SHA512,
        _ => HashAlgorithmName.SHA1,
    };
}
