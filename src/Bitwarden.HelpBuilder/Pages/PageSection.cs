using Markdig.Syntax;

namespace Bitwarden.HelpBuilder.Pages;

/// <summary>A heading with what stands under it, up to the next heading of its level or above.</summary>
internal sealed class PageSection(string title, int level, int line)
{
    private readonly int _level = level;

    internal string Title { get; } = title;

    internal int Line { get; } = line;

    internal List<Block> Blocks { get; } = [];

    internal List<PageSection> Sections { get; } = [];

    /// <summary>The first line of what follows the section.</summary>
    internal int End { get; private set; } = line;

    internal PageSection? Find(string title) => Sections.Find(section => section.Title == title);

    /// <summary>Makes the tree of sections out of headings of level 1 to 3; deeper headings are blocks like others.</summary>
    internal static PageSection Read(MarkdownDocument document, int lineCount, Func<LeafBlock, string> titleOf)
    {
        Stack<PageSection> open = new([new PageSection("", 0, 1)]);
        foreach (Block block in document)
        {
            if (block is HeadingBlock { Level: <= 3 } heading)
            {
                Close(open, heading.Level, heading.Line + 1);
                PageSection section = new(titleOf(heading), heading.Level, heading.Line + 1);
                open.Peek().Sections.Add(section);
                open.Push(section);
                continue;
            }

            open.Peek().Blocks.Add(block);
        }

        Close(open, 1, lineCount + 1);
        return open.Peek();
    }

    private static void Close(Stack<PageSection> open, int level, int end)
    {
        while (open.Peek()._level >= level)
        {
            open.Pop().End = end;
        }
    }
}
