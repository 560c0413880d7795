namespace AdxFlow.Clients.Tests;

/// <summary>Gives a command its names and texts, and remembers them: ordinary ones, or odd ones that try to be something else.</summary>
/// <param name="random">Makes them odd.</param>
internal sealed class GivenTexts(Random? random = null)
{
    private static readonly string[] Ordinary = ["Events", "StormEvents_2", "device log", "a.b-c", "where", "1day", "Großhandel"];

    private int _next;

    /// <summary>The names given, of which all must arrive.</summary>
    public List<string> Names { get; } = [];

    /// <summary>The texts given, of which all must arrive.</summary>
    public List<string> Texts { get; } = [];

    /// <summary>A name that was not given before.</summary>
    public string Name()
    {
        string name;
        do
            name = random is null ? Ordinary[_next++ % Ordinary.Length] + (_next > Ordinary.Length ? _next : "") : OddTexts.Name(random);
        while (Names.Contains(name));
        Names.Add(name);
        return name;
    }

    /// <summary>A text of any kind.</summary>
    public string Text()
    {
        string text = random is null ? "for the runbook of 3 o'clock" : OddTexts.Text(random);
        Texts.Add(text);
        return text;
    }
}
