using System.Collections;
using Bitwarden.PowerShell.Errors;

namespace Bitwarden.PowerShell.Masking;

/// <summary>Which values the agent is told of before they are handed out.</summary>
/// <param name="Text">Those that are handed out as text, or enter an environment.</param>
/// <param name="Sealed">Those that are handed out as SecureStrings too.</param>
/// <param name="IsDemanded">Whether a value that cannot be hidden is not handed out.</param>
internal sealed record MaskRule(bool Text, bool Sealed, bool IsDemanded)
{
    /// <summary>The variable with the user's preferences: a table.</summary>
    internal const string PreferenceVariable = "BitwardenPreference";

    private const string MaskLog = "MaskLog";

    /// <summary>None.</summary>
    internal static MaskRule Never { get; } = new(Text: false, Sealed: false, IsDemanded: false);

    /// <summary>Text only; the rule when nothing was said.</summary>
    internal static MaskRule OfText { get; } = new(Text: true, Sealed: false, IsDemanded: false);

    /// <summary>Everything.</summary>
    internal static MaskRule Always { get; } = new(Text: true, Sealed: true, IsDemanded: false);

    /// <summary>Everything, or nothing is handed out.</summary>
    internal static MaskRule Demanded { get; } = new(Text: true, Sealed: true, IsDemanded: true);

    /// <summary>What the switches say, else the preference.</summary>
    /// <param name="mask">Whether -Mask is on.</param>
    /// <param name="noMask">Whether -NoMask is on.</param>
    /// <param name="preference">The value of the variable, which is only read when it counts.</param>
    /// <exception cref="Bitwarden.Core.Errors.InvalidInputException">InvalidMasking.</exception>
    internal static MaskRule Of(bool mask, bool noMask, Func<object?> preference) => (mask, noMask) switch
    {
        (true, true) => throw InputErrors.MaskedAndNot(),
        (true, _) => Demanded,
        (_, true) => Never,
        _ => FromPreference(preference()),
    };

    private static MaskRule FromPreference(object? preference)
    {
        if (preference is null)
        {
            return OfText;
        }

        IDictionary table = preference as IDictionary ?? throw InputErrors.PreferenceNotTable();
        object? given = table.Keys.Cast<object>().Where(key => MaskLog.Equals($"{key}", StringComparison.OrdinalIgnoreCase)).Select(key => table[key])
            .DefaultIfEmpty("Agent").First();
        return $"{given}".ToUpperInvariant() switch
        {
            "AGENT" => OfText,
            "ALWAYS" => Always,
            "NEVER" => Never,
            _ => throw InputErrors.UnknownPreference($"{given}"),
        };
    }
}
