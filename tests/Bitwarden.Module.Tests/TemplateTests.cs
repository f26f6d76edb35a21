using System.Diagnostics;
using System.Text;
using System.Text.Json;
using System.Xml.Linq;
using Bitwarden.Core.Errors;
using Bitwarden.PowerShell.Errors;
using Bitwarden.PowerShell.Injection;
using Xunit;

namespace Bitwarden.Module.Tests;

/// <summary>Templates, each read by a parser that is not ours once the values are in it.</summary>
public sealed class TemplateTests(ITestOutputHelper output)
{
    private const string Slot = "{{ bw://x }}";
    private const string Odd = "a\"b'c\\d$e`f<g>&h;i#j: k]}l%m\tn\r\no\u2028\U0001F511ü {{ bw://y }} ]]> --> $(id) \\";

    private static readonly string[] s_values = [Odd, "", "\"", "'", "\\", "\n", "'; rm -rf / #", "$(id)", "]]>", "-- -->", "- a: b", "true", "x\n'\n\"", " "];

    public static TheoryData<string> Values() => [.. s_values];

    [Theory]
    [MemberData(nameof(Values))]
    public void JsonIsRead(string value)
    {
        string text = $$"""{"a": "<{{Slot}}>", "b": {{Slot}}, "c\"": [{{Slot}}, "{{Slot}}{{Slot}}"]}""";
        using JsonDocument read = JsonDocument.Parse(Fill(text, TemplateFormat.Json, value));
        JsonElement root = read.RootElement;
        Assert.Equal(($"<{value}>", value), (root.GetProperty("a").GetString(), root.GetProperty("b").GetString()));
        Assert.Equal((value, value + value), (root.GetProperty("c\"")[0].GetString(), root.GetProperty("c\"")[1].GetString()));
    }

    [Theory]
    [MemberData(nameof(Values))]
    public void XmlIsRead(string value)
    {
        string text = $"<?xml version='1.0'?><!-- it's --><r a=\"{Slot}\" b='{Slot}'><t>{Slot}</t><c><![CDATA[<{Slot}]]></c></r>";
        XElement root = XDocument.Parse(Fill(text, TemplateFormat.Xml, value), LoadOptions.PreserveWhitespace).Root!;
        Assert.Equal((value, value, value), (root.Attribute("a")!.Value, root.Attribute("b")!.Value, root.Element("t")!.Value));

        // A parser makes one line end of two characters, in a section.
        Assert.Equal("<" + value.Replace("\r\n", "\n", StringComparison.Ordinal), root.Element("c")!.Value);
    }

    [Theory]
    [MemberData(nameof(Values))]
    public void AFileOfVariablesIsRead(string value)
    {
        using TemporaryFolder folder = new();
        string file = Path.Combine(folder.Path, ".env");
        File.WriteAllText(file, Fill($"A={Slot}\nexport B = \"<{Slot}>\" # note\nC={Slot} # note\n", TemplateFormat.Env, value));
        Assert.Equal([value, $"<{value}>", value], EnvFile.Read(file).Select(one => one.Literal));
    }

    [Theory]
    [InlineData("a: \"<" + Slot + ">\"", "a: \"<x\\\"\\n'y>\"")]
    [InlineData("a: " + Slot + " # note", "a: \"x\\\"\\n'y\" # note")]
    [InlineData("- " + Slot, "- \"x\\\"\\n'y\"")]
    [InlineData("a: [" + Slot + ", " + Slot + "]", "a: [\"x\\\"\\n'y\", \"x\\\"\\n'y\"]")]
    [InlineData("it's: " + Slot, "it's: \"x\\\"\\n'y\"")]
    public void YamlGetsDoubleQuotationMarks(string text, string expected) => Assert.Equal(expected, Fill(text, TemplateFormat.Yaml, "x\"\n'y"));

    [Fact]
    public void YamlDoublesSingleQuotationMarks() => Assert.Equal("a: 'x''y'", Fill($"a: '{Slot}'", TemplateFormat.Yaml, "x'y"));

    [Theory]
    [InlineData(TemplateFormat.Yaml, "a: b" + Slot)]
    [InlineData(TemplateFormat.Yaml, "a: " + Slot + "b")]
    [InlineData(TemplateFormat.Yaml, "a: |\n  " + Slot)]
    [InlineData(TemplateFormat.Yaml, "a: |\n  X=" + Slot)]
    [InlineData(TemplateFormat.Yaml, "a: 'b\n  " + Slot + "'")]
    [InlineData(TemplateFormat.Yaml, "a: '" + Slot + "'")]
    [InlineData(TemplateFormat.Yaml, "a:" + Slot)]
    [InlineData(TemplateFormat.Env, "A=b" + Slot)]
    [InlineData(TemplateFormat.Env, "A=" + Slot + "b")]
    [InlineData(TemplateFormat.Env, "A='" + Slot + "'")]
    [InlineData(TemplateFormat.Env, "# " + Slot)]
    [InlineData(TemplateFormat.Env, Slot)]
    [InlineData(TemplateFormat.Json, "{\"a\": \"\\" + Slot + "\"}")]
    [InlineData(TemplateFormat.Xml, "<a><!-- " + Slot + " --></a>")]
    [InlineData(TemplateFormat.Xml, "<?x " + Slot + " ?><a/>")]
    [InlineData(TemplateFormat.Sh, "# " + Slot)]
    [InlineData(TemplateFormat.Sh, "x=`" + Slot + "`")]
    [InlineData(TemplateFormat.Sh, "x=\"`" + Slot + "`\"")]
    [InlineData(TemplateFormat.Sh, "x=$'" + Slot + "'")]
    [InlineData(TemplateFormat.Sh, "x=\\" + Slot)]
    [InlineData(TemplateFormat.Sh, "x=\"${y:-" + Slot + "}\"")]
    [InlineData(TemplateFormat.Sh, "cat <<E\n" + Slot + "\nE\n")]
    public void WhereAValueCannotStandItIsRefused(TemplateFormat format, string text)
    {
        ReferencesException failure = Assert.Throws<ReferencesException>(() => Fill(text, format, "hunter2\n'"));
        Assert.Equal("TemplateInvalid", Assert.Single(failure.Failures).Failure.Code);
        Assert.DoesNotContain("hunter2", failure.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void ACharacterThatXmlDoesNotHaveIsRefused() =>
        Assert.Throws<ReferencesException>(() => Fill($"<a>{Slot}</a>", TemplateFormat.Xml, "\u0001"));

    [Theory]
    [InlineData("a{{ x }}{{{ bw://a }}}{{bw://b}}", "a{{ x }}{<bw://a>}<bw://b>")]
    [InlineData("${{ secrets.X }} {{\tBW://a b#c\t}}", "${{ secrets.X }} <BW://a b#c>")]
    [InlineData("{{ bw:/a }}{{{{", "{{ bw:/a }}{{{{")]
    [InlineData("", "")]
    public void OtherBracesStay(string text, string expected) =>
        Assert.Equal(expected, Template.Parse(text, null).Fill(TemplateFormat.None, reference => $"<{reference}>"));

    [Theory]
    [InlineData("a\r\nb\rc\n  {{ bw://a }} {{ bw://b }}", "line 4, column 3", "line 4, column 16")]
    public void PlacesHaveLineAndColumn(string text, params string[] expected) =>
        Assert.Equal(expected, Template.Parse(text, null).Places.Select(place => place.Name));

    [Fact]
    public void AReferenceEndsOnItsLine()
    {
        InvalidInputException failure = Assert.Throws<InvalidInputException>(() => Template.Parse("x\n{{ bw://a\n}}", "f.tpl"));
        Assert.Equal(("TemplateInvalid", "f.tpl, line 2, column 1: The reference is not closed on its line."), (failure.Code, failure.Message));
    }

    [Fact]
    public void AValueThatLooksLikeAReferenceStays() => Assert.Equal("{{ bw://x }}", Fill(Slot, TemplateFormat.None, "{{ bw://x }}"));

    [Theory]
    [InlineData("app.json", TemplateFormat.Json)]
    [InlineData("app.JSON.tpl", TemplateFormat.Json)]
    [InlineData("web.config", TemplateFormat.Xml)]
    [InlineData("a.yml.template", TemplateFormat.Yaml)]
    [InlineData("run.sh", TemplateFormat.Sh)]
    [InlineData(".env", TemplateFormat.Env)]
    [InlineData(".env.production", TemplateFormat.Env)]
    [InlineData("prod.env.tpl", TemplateFormat.Env)]
    [InlineData("notes.txt", TemplateFormat.None)]
    [InlineData("", TemplateFormat.None)]
    public void TheNameTellsTheFormat(string name, TemplateFormat format) => Assert.Equal(format, TemplateFormats.Of(name));

    // Ten times the references in one line take about ten times as long: a hundred would be the square.
    [Theory]
    [InlineData(TemplateFormat.None)]
    [InlineData(TemplateFormat.Sh)]
    [InlineData(TemplateFormat.Json)]
    [InlineData(TemplateFormat.Yaml)]
    public void ManyReferencesCostWhatTheirNumberSays(TemplateFormat format)
    {
        static double Seconds(int count, TemplateFormat format)
        {
            string text = new StringBuilder().Insert(0, $"\"a\": {Slot}, ", count).ToString();
            return Enumerable.Range(0, 5).Min(_ =>
            {
                Stopwatch clock = Stopwatch.StartNew();
                Fill(text, format, "value");
                return clock.Elapsed.TotalSeconds;
            });
        }

        (double few, double many) = (Seconds(10_000, format), Seconds(100_000, format));
        output.WriteLine($"{format}: 10,000 references {few * 1e3:0.0} ms, 100,000 references {many * 1e3:0.0} ms");
        Assert.InRange(many / few, 0, 60);
    }

    private static string Fill(string text, TemplateFormat format, string value) => Template.Parse(text, null).Fill(format, _ => value);
}
