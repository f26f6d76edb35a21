using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using Bitwarden.Core.Crypto;
using Bitwarden.Core.Errors;

namespace Bitwarden.Core.Generators;

/// <summary>
/// Time-based one-time codes (RFC 6238 over RFC 4226, section 5.3) from what an item's TOTP field holds: a bare base32 secret,
/// an <c>otpauth://</c> address, or <c>steam://</c> with a secret (protocol 5.10).
/// </summary>
internal static class Totp
{
    private const string SteamAlphabet = "23456789BCDFGHJKMNPQRTVWXY";
    private const int SteamLength = 5;

    internal static SecretBytes Compute(string seed, DateTimeOffset now) => ComputeCode(seed, now).Value;

    internal static OneTimeCode ComputeCode(string seed, DateTimeOffset now)
    {
        TotpSettings settings = TotpSettings.Parse(seed);
        using SecretBytes secret = Base32.DecodeLeniently(settings.Secret);
        if (secret.Length == 0)
        {
            throw InvalidInputException.Totp("It holds no secret.");
        }

        uint value = Truncate(secret.Span, now.ToUnixTimeSeconds() / settings.PeriodSeconds, settings.Algorithm);
        SecretBytes code = SecretBytes.FromCharacters(settings.IsSteam ? Steam(value) : Decimal(value, settings.Digits));
        return new OneTimeCode(code, settings.PeriodSeconds, now);
    }

    private static uint Truncate(ReadOnlySpan<byte> secret, long counter, HashAlgorithmName algorithm)
    {
        Span<byte> message = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(message, counter);
        using IncrementalHash hmac = IncrementalHash.CreateHMAC(algorithm, secret);
        hmac.AppendData(message);
        byte[] hash = hmac.GetHashAndReset();
        return BinaryPrimitives.ReadUInt32BigEndian(hash.AsSpan(hash[^1] & 0x0F)) & 0x7FFF_FFFF;
    }

    private static string Decimal(uint value, int digits)
    {
        ulong modulus = 1;
        for (int i = 0; i < digits; i++)
        {
            modulus *= 10;
        }

        return digits == 0 ? string.Empty : (value % modulus).ToString(CultureInfo.InvariantCulture).PadLeft(digits, '0');
    }

    private static string Steam(uint value)
    {
        Span<char> code = stackalloc char[SteamLength];
        for (int i = 0; i < SteamLength; i++)
        {
            code[i] = SteamAlphabet[(int)(value % SteamAlphabet.Length)];
            value /= (uint)SteamAlphabet.Length;
        }

        return new string(code);
    }
}
