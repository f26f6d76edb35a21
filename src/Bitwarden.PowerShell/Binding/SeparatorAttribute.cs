using System.Globalization;
using System.Management.Automation;

namespace Bitwarden.PowerShell.Binding;

/// <summary>
/// What stands between words: one character, or <c>space</c> or <c>empty</c>, as the official command-line client has it. An empty text is more likely a
/// variable that nobody set.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class SeparatorAttribute : ValidateArgumentsAttribute
{
    /// <summary>The characters that a valid separator stands for.</summary>
    internal static string Characters(string separator) => separator switch
    {
        "space" => " ",
        "empty" => string.Empty,
        _ => separator,
    };

    /// <inheritdoc/>
    protected override void Validate(object arguments, EngineIntrinsics engineIntrinsics)
    {
        string text = arguments?.ToString() ?? string.Empty;
        bool isOne = text.Length == 1 && text[0] is > ' ' and not (char)0x7F && !char.IsSurrogate(text[0]) && !char.IsControl(text[0])
            && char.GetUnicodeCategory(text[0]) != UnicodeCategory.Format;
        if (!isOne && text is not ("space" or "empty"))
        {
            throw new ValidationMetadataException("Give one character, or the word 'space' or 'empty'.");
        }
    }
}
