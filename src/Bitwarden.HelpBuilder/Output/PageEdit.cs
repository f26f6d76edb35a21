using Bitwarden.HelpBuilder.Pages;

namespace Bitwarden.HelpBuilder.Output;

/// <summary>New lines for a part of a page.</summary>
internal sealed record PageEdit(LineRange Range, IReadOnlyList<string> Lines);
