using Bitwarden.Core.Errors;
using Bitwarden.Core.Generators;

namespace Bitwarden.Core.Vault;

/// <summary>The one-time codes that an item gives.</summary>
public static class ItemCode
{
    private const string Selector = "totp";

    /// <summary>The code of a moment.</summary>
    /// <param name="reference">An item, or its TOTP field.</param>
    /// <param name="at">The moment.</param>
    /// <returns>The code, which the caller disposes.</returns>
    /// <exception cref="InvalidInputException">InvalidTotp: there is no secret, or none that gives a code.</exception>
    /// <exception cref="BitwardenException">SecretHidden, VaultLocked or why the secret cannot be decrypted.</exception>
    public static OneTimeCode Compute(ResolvedReference reference, DateTimeOffset at)
    {
        ArgumentNullException.ThrowIfNull(reference);
        VaultItem item = reference.Item;
        item.EnsureReadable();
        bool isCode = reference.Selector is null || string.Equals(reference.Selector, Selector, StringComparison.OrdinalIgnoreCase);
        return isCode && item.Totp is ItemValue seed
            ? Totp.ComputeCode(seed.RevealText(), at)
            : throw InvalidInputException.NoTotp(reference.ToString());
    }

    /// <summary>Waits until the code of a moment no longer counts, and gives the one that counts then.</summary>
    /// <param name="reference">An item, or its TOTP field.</param>
    /// <param name="after">The moment; no time is spent when its code is over already.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Ends the wait at once.</param>
    /// <inheritdoc cref="Compute" path="/returns|/exception"/>
    public static async Task<OneTimeCode> WaitForNextAsync(
        ResolvedReference reference, DateTimeOffset after, TimeProvider time, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(time);
        using OneTimeCode passing = Compute(reference, after);
        while (passing.ValidUntil - time.GetUtcNow() is TimeSpan left && left > TimeSpan.Zero)
        {
            // In short steps: a timer and the clock do not stay together while the machine sleeps.
            TimeSpan step = left < TimeSpan.FromSeconds(1) ? left : TimeSpan.FromSeconds(1);
            await Task.Delay(step, time, cancellationToken).ConfigureAwait(false);
        }

        return Compute(reference, time.GetUtcNow());
    }
}
