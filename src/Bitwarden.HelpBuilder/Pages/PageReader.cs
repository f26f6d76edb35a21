using Bitwarden.HelpBuilder.Reporting;
using Markdig;
using Markdig.Extensions.Yaml;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace Bitwarden.HelpBuilder.Pages;

/// <summary>Reads a page in the form of platyPS (schema 2.0.0).</summary>
internal sealed class PageReader
{
    private static readonly MarkdownPipeline s_pipeline = new MarkdownPipelineBuilder().UseYamlFrontMatter().UsePreciseSourceLocation().Build();
    private readonly string _path;
    private readonly string _source;
    private readonly Problems _problems;
    private readonly PlainText _text;
    private readonly PageSection _page;
    private readonly MarkdownDocument _document;

    private PageReader(string path, string source, Problems problems)
    {
        _path = path;
        _source = source;
        _problems = problems;
        _text = new PlainText((line, text) => problems.Add(path, line, ProblemCode.UnsupportedMarkdown, text));
        _document = Markdown.Parse(source, s_pipeline);
        PageSection root = PageSection.Read(_document, source.TrimEnd('\n').Split('\n').Length, _text.Line);
        _page = root.Sections.FirstOrDefault() ?? root;
    }

    internal static HelpPage Read(string path, string source, Problems problems)
    {
        string text = source.ReplaceLineEndings("\n");
        return new PageReader(path, text, problems).Read();
    }

    private HelpPage Read()
    {
        PageSection parameters = Section("PARAMETERS");
        PageSection? common = parameters.Find("CommonParameters");
        return new HelpPage(_path, _source.TrimEnd('\n').Split('\n'))
        {
            Name = new PageText(_page.Line, [_page.Title]),
            Synopsis = Text("SYNOPSIS"),
            Description = Text("DESCRIPTION"),
            Notes = Text("NOTES"),
            Examples = List(Section("EXAMPLES"), Example),
            Parameters = new(parameters.Line, [.. parameters.Sections.Where(section => section != common).Select(Parameter)]),
            Inputs = List(Section("INPUTS"), Type),
            Outputs = List(Section("OUTPUTS"), Type),
            Links = Links(Section("RELATED LINKS")),
            FrontMatter = FrontMatter(),
            Syntax = Body(Section("SYNTAX")),
            CommonParameters = common is null ? new LineRange(parameters.End, 0) : new LineRange(common.Line, common.End - common.Line),
        };
    }

    // A section that is missing is reported once; what is under it is then empty.
    private PageSection Section(string title)
    {
        PageSection? section = _page.Find(title);
        if (section is null)
        {
            _problems.Add(_path, _page.Line, ProblemCode.TextMissing, $"The section '## {title}' is missing.");
        }

        return section ?? new PageSection(title, 2, _page.Line);
    }

    private PageText Text(string title)
    {
        PageSection section = Section(title);
        return new PageText(section.Line, _text.Paragraphs(section.Blocks));
    }

    private static PageList<T> List<T>(PageSection section, Func<PageSection, T> read) => new(section.Line, [.. section.Sections.Select(read)]);

    private PageExample Example(PageSection section)
    {
        FencedCodeBlock? code = section.Blocks.OfType<FencedCodeBlock>().FirstOrDefault();
        return new PageExample(section.Line, section.Title, _text.Paragraphs(section.Blocks.Where(block => block != code)))
        {
            Code = code?.Lines.ToString() ?? "",
            CodeLine = (code?.Line ?? 0) + 2,
        };
    }

    private PageParameter Parameter(PageSection section)
    {
        FencedCodeBlock[] metadata = [.. section.Blocks.OfType<FencedCodeBlock>().Where(block => block.Info == "yaml")];
        return new PageParameter(section.Line, section.Title.TrimStart('-'), _text.Paragraphs(section.Blocks.Except(metadata)))
        {
            DefaultValue = metadata.SelectMany(block => block.Lines.ToString().Split('\n')).Select(DefaultValue).FirstOrDefault(value => value is not null),
            Metadata = metadata.Length == 0
                ? new LineRange(section.End, 0)
                : new LineRange(metadata[0].Line + 1, LastLine(metadata[^1]) - metadata[0].Line),
        };
    }

    private static string? DefaultValue(string line)
    {
        const string Key = "Default value:";
        return line.StartsWith(Key, StringComparison.Ordinal) && line.Length > Key.Length ? line[Key.Length..].Trim() : null;
    }

    private PageType Type(PageSection section) => new(section.Line, section.Title, _text.Paragraphs(section.Blocks));

    private static PageList<PageLink> Links(PageSection section)
    {
        IEnumerable<LinkInline> links = section.Blocks.OfType<ParagraphBlock>().SelectMany(block => block.Inline!.Descendants<LinkInline>());
        return new(section.Line, [.. links.Select(link => new PageLink(link.Line + 1, Label(link), link.Url ?? ""))]);
    }

    private static string Label(LinkInline link) => string.Concat(link.OfType<LiteralInline>().Select(text => text.Content.ToString()));

    private LineRange FrontMatter() => _document.FirstOrDefault() is YamlFrontMatterBlock block ? new LineRange(1, LastLine(block)) : new LineRange(1, 0);

    private static LineRange Body(PageSection section) => new(section.Line + 1, Math.Max(0, section.End - section.Line - 1));

    private int LastLine(Block block) => _source.AsSpan(0, Math.Min(block.Span.End + 1, _source.Length)).TrimEnd('\n').Count('\n') + 1;
}
