using Bitwarden.HelpBuilder.Shapes;

namespace Bitwarden.HelpBuilder.Checks;

/// <summary>
/// Finds the uses of a cmdlet in the code of an example. It knows as much of PowerShell's grammar as examples need: strings, comments, pipelines, blocks and
/// lists. That examples are valid PowerShell is tested with the real parser.
/// </summary>
internal sealed class ExampleReader(string code, CmdletShape cmdlet)
{
    private readonly ExampleToken[] _tokens = ExampleToken.Split(code);

    internal IEnumerable<ExampleCall> Calls() => Enumerable.Range(0, _tokens.Length).Where(IsCall).Select(Read);

    private bool IsCall(int index) =>
        _tokens[index].Text.Equals(cmdlet.Name, StringComparison.OrdinalIgnoreCase) && (index == 0 || _tokens[index - 1].StartsCommand);

    private ExampleCall Read(int index)
    {
        ExampleCall call = new(code.AsSpan(0, _tokens[index].Start).Count('\n')) { HasInput = index > 0 && _tokens[index - 1].Text == "|" };
        index++;
        while (index < _tokens.Length && !_tokens[index].EndsCommand)
        {
            ExampleToken token = _tokens[index];
            index = AfterValue(index);
            if (token.IsParameter)
            {
                index = AddParameter(call, token.Text[1..], index);
                continue;
            }

            call.IsSplatted |= token.IsSplat;
            call.Values += token.IsSplat ? 0 : 1;
        }

        return call;
    }

    // A parameter that is no switch takes the next value, unless its own stands behind a colon.
    private int AddParameter(ExampleCall call, string text, int index)
    {
        string name = text.Split(':')[0];
        call.Names.Add(name);
        bool takesValue = cmdlet.Find(name) is { IsSwitch: false } || CommonParameters.HasWithValue(name);
        return takesValue && !text.Contains(':') && index < _tokens.Length && !_tokens[index].EndsCommand ? AfterValue(index) : index;
    }

    // A value goes on behind a comma, and where a bracket follows without a blank.
    private int AfterValue(int index)
    {
        int next = _tokens[index].Opens ? AfterBrackets(index) : index + 1;
        while (next < _tokens.Length && (_tokens[next].Text == "," || IsJoined(next)))
        {
            next = _tokens[next].Opens ? AfterBrackets(next) : next + 1;
            next = _tokens[next - 1].Text == "," && next < _tokens.Length ? AfterValue(next) : next;
        }

        return next;
    }

    private bool IsJoined(int index) => _tokens[index].Start == _tokens[index - 1].End && !_tokens[index].EndsCommand;

    private int AfterBrackets(int index)
    {
        int depth = 0;
        do
        {
            depth += _tokens[index].Opens ? 1 : _tokens[index].Closes ? -1 : 0;
            index++;
        }
        while (depth > 0 && index < _tokens.Length);
        return index;
    }
}
