// Makes the module's help file (MAML) out of docs/cmdlets, one page for each cmdlet, and out of the built assembly. It runs in the build of
// Bitwarden.SecretManagement, which puts the module together; Bitwarden.HelpBuilder.targets says how.
//
// To add a cmdlet, or to change its parameters:
//   1. Write the class, then: dotnet build src/Bitwarden.SecretManagement -t:UpdateHelp
//      This begins the page if there is none, adds headings for new parameters, and writes what the assembly knows: front matter, syntax, yaml blocks.
//   2. Write the texts: synopsis, description, an example for each parameter set, a text for each parameter, type and example. A default value that
//      is not None (False for a switch) is yours too: it stays behind "Default value:".
//   3. Build. What does not fit is an error with file and line.
//
// Pages have the form of platyPS (schema 2.0.0). Text is Markdown: paragraphs, lists, code blocks, emphasis, links. Put what has signs of its own in
// backticks: `user.<guid>`. Get-Help shows plain text, so that nothing may depend on how a word is set.
//
// Which parameter set an example shows is found out from its command lines, as PowerShell does it. A set fits when it has all parameters that are named,
// a position for each value that is given without a name, and when what is mandatory is given or can come from the pipeline. One set that fits is shown.
// Of several that fit the default one is shown, so that any other set needs a line that fits no other. Values are not looked at, nor splatted tables.
//
// Errors:
//   BWHELP001  a cmdlet has no page
//   BWHELP002  a page stands for, or mentions, a cmdlet that is not there
//   BWHELP003  a parameter is not described
//   BWHELP004  a parameter is described, or used in an example, that is not there
//   BWHELP005  a parameter set has no example
//   BWHELP006  a section or a text is missing
//   BWHELP007  Get-Help cannot show what is written
//   BWHELP008  what the builder writes into pages is not up to date
//   BWHELP009  a related link leads nowhere
//   BWHELP010  a type that the cmdlet takes from the pipeline, or writes, is not described
using Bitwarden.HelpBuilder;
using Bitwarden.HelpBuilder.Reporting;
using Bitwarden.HelpBuilder.Shapes;

BuildArguments arguments = BuildArguments.Parse(args);
HelpBuild build = new(ModuleAssembly.Read(arguments.Assembly, arguments.References), arguments.Pages, arguments.Settings);
if (arguments.Output is null)
{
    build.Update();
}
else
{
    build.Build(arguments.Output);
}

foreach (Problem problem in build.Problems)
{
    Console.WriteLine(problem);
}

return build.Problems.Any() ? 1 : 0;
