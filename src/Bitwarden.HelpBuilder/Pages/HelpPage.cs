namespace Bitwarden.HelpBuilder.Pages;

/// <summary>A page of docs/cmdlets: the texts of its author, and where the parts are that the builder writes.</summary>
internal sealed record HelpPage(string Path, IReadOnlyList<string> Lines)
{
    internal required PageText Name { get; init; }

    internal required PageText Synopsis { get; init; }

    internal required PageText Description { get; init; }

    internal required PageText Notes { get; init; }

    internal required PageList<PageExample> Examples { get; init; }

    internal required PageList<PageParameter> Parameters { get; init; }

    internal required PageList<PageType> Inputs { get; init; }

    internal required PageList<PageType> Outputs { get; init; }

    internal required PageList<PageLink> Links { get; init; }

    internal required LineRange FrontMatter { get; init; }

    internal required LineRange Syntax { get; init; }

    /// <summary>The text about common parameters, which is the same on every page.</summary>
    internal required LineRange CommonParameters { get; init; }
}
