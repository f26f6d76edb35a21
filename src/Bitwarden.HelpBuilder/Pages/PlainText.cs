using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace Bitwarden.HelpBuilder.Pages;

/// <summary>
/// Markdown as Get-Help can show it: paragraphs of plain text. Lists become a paragraph for each entry, and marks of emphasis and code go. What would be lost
/// or mangled (tables, pictures, HTML such as an unquoted &lt;guid&gt;) is reported instead.
/// </summary>
internal sealed class PlainText(Action<int, string> report)
{
    internal string[] Paragraphs(IEnumerable<Block> blocks) => [.. blocks.SelectMany(Read)];

    internal string Line(LeafBlock block) => string.Concat((block.Inline ?? []).Select(Text)).Trim();

    private IEnumerable<string> Read(Block block) => block switch
    {
        ParagraphBlock paragraph => [Line(paragraph)],
        ListBlock list => list.OfType<ListItemBlock>().Select((item, index) => Entry(list, item, index)),
        CodeBlock code => [code.Lines.ToString()],
        LinkReferenceDefinitionGroup => [],
        _ => Unsupported(block),
    };

    private string Entry(ListBlock list, ListItemBlock item, int index)
    {
        string mark = list.IsOrdered ? $"{index + 1}." : "-";
        return $"{mark} {string.Join(' ', Paragraphs(item))}";
    }

    private string[] Unsupported(Block block)
    {
        report(block.Line + 1, $"Get-Help cannot show a {block.GetType().Name}. Use paragraphs, lists and code blocks.");
        return [];
    }

    private string Text(Inline inline) => inline switch
    {
        LiteralInline literal => literal.Content.ToString(),
        CodeInline code => code.Content,
        LineBreakInline => " ",
        HtmlEntityInline entity => entity.Transcoded.ToString(),
        AutolinkInline link => link.Url,
        LinkInline { IsImage: false } link => Link(link),
        EmphasisInline or ContainerInline and not LinkInline => string.Concat(((ContainerInline)inline).Select(Text)),
        _ => Unsupported(inline),
    };

    private string Link(LinkInline link)
    {
        string text = string.Concat(link.Select(Text));
        return new PageLink(0, text, link.Url ?? "").IsOnWeb && text != link.Url ? $"{text} ({link.Url})" : text;
    }

    private string Unsupported(Inline inline)
    {
        report(inline.Line + 1, inline is HtmlInline html
            ? $"{html.Tag} is HTML to a browser and would vanish. Put it in backticks."
            : $"Get-Help cannot show a {inline.GetType().Name}.");
        return "";
    }
}
