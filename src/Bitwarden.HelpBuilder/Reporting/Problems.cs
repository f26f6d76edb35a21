using System.Collections;

namespace Bitwarden.HelpBuilder.Reporting;

/// <summary>Everything that is wrong, so that one build names it all.</summary>
internal sealed class Problems : IEnumerable<Problem>
{
    private readonly List<Problem> _found = [];

    internal void Add(string path, int line, string code, string text) => _found.Add(new Problem(path, line, code, text));

    internal void AddRange(Problems problems) => _found.AddRange(problems);

    public IEnumerator<Problem> GetEnumerator() =>
        _found.OrderBy(problem => problem.Path, StringComparer.Ordinal).ThenBy(problem => problem.Line).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
