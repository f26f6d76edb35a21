namespace Bitwarden.HelpBuilder.Checks;

/// <summary>One use of a cmdlet in an example.</summary>
/// <param name="Line">Counted from the first line of the example's code, which is 0.</param>
internal sealed record ExampleCall(int Line)
{
    /// <summary>Whether something is piped in.</summary>
    internal bool HasInput { get; init; }

    /// <summary>The parameters that are named, without the hyphen.</summary>
    internal List<string> Names { get; } = [];

    /// <summary>How many values are given by position.</summary>
    internal int Values { get; set; }

    /// <summary>Whether a table of parameters is splatted: what is named there cannot be seen.</summary>
    internal bool IsSplatted { get; set; }
}
