using System.Text.RegularExpressions;

namespace AdxFlow.Clients.Tests;

/// <summary>Every command that the core can build is one for Microsoft's parser, and holds what was put into it.</summary>
public sealed partial class CommandTests(KqlParser parser)
{
    // What one text costs the parser (a tenth of a second) is what bounds this.
    private const int OddRounds = 6;

    public static TheoryData<string> Constants => [.. CommandCatalog.Constants.Keys.Where(static name => !CommandCases.OfTheIngestionService.Contains(name))];

    public static TheoryData<string> Methods => [.. CommandCatalog.Methods.Where(static name => !CommandCases.Parts.Contains(name) && !CommandCases.OfTheIngestionService.Contains(name))];

    [Fact]
    public void Every_method_that_gives_a_command_has_cases_and_no_case_is_left_over()
    {
        Assert.Equal(CommandCatalog.Methods.Distinct(), CommandCatalog.Methods);
        Assert.Equal(CommandCatalog.Methods.Order(StringComparer.Ordinal), CommandCases.All.Keys.Concat(CommandCases.Parts).Concat(CommandCases.OfTheIngestionService.Except(CommandCatalog.Constants.Keys)).Order(StringComparer.Ordinal));
        Assert.All(CommandCases.All, static cases => Assert.NotEmpty(cases.Value));
    }

    [Fact]
    public void No_command_is_written_anywhere_else()
    {
        string core = Path.Combine(NodeMachine.RepositoryRoot, "src", "AdxFlow.Core");
        string[] files = [.. Directory.EnumerateFiles(core, "*.cs", SearchOption.AllDirectories).Where(static file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))];
        Assert.Contains(files, static file => CommandText().IsMatch(File.ReadAllText(file)));
        Assert.DoesNotContain(files, static file => !file.EndsWith("Commands.cs", StringComparison.Ordinal) && CommandText().IsMatch(File.ReadAllText(file)));
    }

    [Theory]
    [MemberData(nameof(Constants))]
    public async Task A_command_without_arguments_parses_clean(string name)
    {
        ParsedText parsed = await parser.ParseAsync(CommandCatalog.Constants[name]);
        Assert.Empty(parsed.Faults);
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public async Task A_command_parses_clean_in_every_form(string name)
    {
        foreach (CommandCase make in CommandCases.All[name])
            await CheckAsync(make, new GivenTexts());
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public async Task A_command_is_the_same_one_whatever_the_names_and_texts_in_it(string name)
    {
        CommandCase[] cases = CommandCases.All[name];
        var random = new Random(name.Sum(static letter => letter));
        var expected = new Dictionary<CommandCase, string>();
        for (int round = 0; round < OddRounds; round++)
        {
            CommandCase make = cases[random.Next(cases.Length)];
            if (!expected.TryGetValue(make, out string? kind))
                expected[make] = kind = await CheckAsync(make, new GivenTexts());
            Assert.Equal(kind, await CheckAsync(make, new GivenTexts(random)));
        }
    }

    private async Task<string> CheckAsync(CommandCase make, GivenTexts given)
    {
        string text = make(given);
        ParsedText parsed = await parser.ParseAsync(text, given.Names);
        Assert.True(parsed.Faults.Count == 0, $"{text}\n{string.Join('\n', parsed.Faults)}");
        IReadOnlySet<string> arrived = parsed.AllTexts();
        Assert.All(given.Names.Concat(given.Texts), expected => Assert.Contains(expected, arrived));
        return parsed.Kind;
    }

    // A literal that begins with a dot and a word: ".show tables".
    [GeneratedRegex("""\"\.[a-z]+(-[a-z]+)* """)]
    private static partial Regex CommandText();
}
