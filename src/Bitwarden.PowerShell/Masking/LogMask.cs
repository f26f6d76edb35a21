using Bitwarden.Core.Crypto;
using Bitwarden.Core.Errors;
using Bitwarden.PowerShell.Errors;
using Bitwarden.PowerShell.Formatting;

namespace Bitwarden.PowerShell.Masking;

/// <summary>
/// What every value passes before it is handed out: the build agent, if there is one, is told to hide it in its log. Serves one run of a cmdlet, on the thread
/// of its pipeline.
/// </summary>
internal sealed class LogMask
{
    private readonly LogFilter? _filter;
    private readonly MaskRule _rule;
    private readonly Action<string> _warn;
    private readonly Action<string> _tell;
    private bool _hasWarned;

    /// <param name="filter">What hides; null where no agent runs this process.</param>
    /// <param name="rule">Which values.</param>
    /// <param name="warn">Writes a warning.</param>
    /// <param name="tell">Writes a verbose message.</param>
    internal LogMask(LogFilter? filter, MaskRule rule, Action<string> warn, Action<string> tell)
    {
        _filter = filter;
        _rule = rule;
        _warn = warn;
        _tell = tell;
    }

    /// <summary>To be called before a value is written, set or stored anywhere.</summary>
    /// <param name="name">What the value is, for a warning; never the value.</param>
    /// <param name="value">The value, which stays the caller's.</param>
    /// <param name="asText">Whether it is handed out as text, or enters an environment, a variable of a pipeline or a file.</param>
    /// <exception cref="InvalidInputException">LogMaskUnavailable: with -Mask only; the value must not be handed out.</exception>
    internal void Register(string name, SecretBytes value, bool asText) => Register([new MaskedValue(name, value)], asText);

    /// <summary>The same for several at once.</summary>
    /// <inheritdoc cref="Register(string, SecretBytes, bool)" path="/exception"/>
    internal void Register(IReadOnlyList<MaskedValue> values, bool asText)
    {
        if (Counts(asText) && WhyNotAdded(values) is string whyNot)
        {
            RefuseIfDemanded(whyNot);
            Tell(whyNot);
        }
    }

    /// <summary>The same for a value that must be handed out, because nobody else has it. <see cref="EnsureUsable"/> comes before it is made.</summary>
    internal void RegisterNew(string name, SecretBytes value)
    {
        if (Counts(asText: true) && WhyNotAdded([new MaskedValue(name, value)]) is string whyNot)
        {
            Tell(whyNot);
        }
    }

    /// <summary>For a file that is about to be handed out: bytes are no text that could be hidden.</summary>
    /// <inheritdoc cref="Register(string, SecretBytes, bool)" path="/exception"/>
    internal void RefuseFile()
    {
        if (_filter is not null)
        {
            RefuseIfDemanded("it is a file");
        }
    }

    /// <summary>Finds out whether values can be hidden, before one is made.</summary>
    /// <inheritdoc cref="Register(string, SecretBytes, bool)" path="/exception"/>
    internal void EnsureUsable()
    {
        if (_filter?.WhyNot is string whyNot)
        {
            RefuseIfDemanded(whyNot);
        }
    }

    private bool Counts(bool asText) => _filter is not null && (asText ? _rule.Text : _rule.Sealed);

    private string? WhyNotAdded(IReadOnlyList<MaskedValue> values)
    {
        if (_filter!.WhyNot is not null)
        {
            return _filter.WhyNot;
        }

        string[] texts = [.. values.SelectMany(TextsOf).Distinct(StringComparer.Ordinal)];
        return texts.Length == 0 || _filter.TryAdd(texts) ? null : "its program failed";
    }

    private IReadOnlyList<string> TextsOf(MaskedValue value)
    {
        MaskedTexts masked = MaskedTexts.Of(value.Value.RevealText());
        if (masked.LeftOut > 0)
        {
            string name = value.Name.Shown();
            if (masked.Texts.Count == 0)
            {
                _warn($"'{name}' is not hidden in the log: values of fewer than {MaskedTexts.Shortest} characters would hide parts of other words.");
            }
            else
            {
                _tell($"Lines of '{name}' that are not hidden in the log, because they have fewer than {MaskedTexts.Shortest} characters: {masked.LeftOut}.");
            }
        }

        return masked.Texts;
    }

    private void RefuseIfDemanded(string whyNot)
    {
        if (_rule.IsDemanded)
        {
            throw InputErrors.LogMaskUnavailable(_filter!.Agent, whyNot);
        }
    }

    private void Tell(string whyNot)
    {
        if (!_hasWarned)
        {
            _hasWarned = true;
            (_filter!.CouldWork ? _warn : _tell)($"Values are not hidden in the log of {_filter.Agent}: {whyNot}.");
        }
    }
}
