namespace AdxFlow.Core.Tests.Auth;

public sealed class AdxPrincipalTests
{
    private const string Id = "4c7e82bd-6adb-46c3-b413-fdd44834c69b";

    [Theory]
    [InlineData($"aadapp={Id};{Id}")]
    [InlineData($"aadapp={Id};fabrikam.com")]
    [InlineData("aadapp=My App (prod);fabrikam.com")]
    [InlineData($"aadapp=My App (prod);{Id}")]
    [InlineData("aaduser=imikeoein@fabrikam.com")]
    [InlineData("aaduser=imikeoein@fabrikam.com;fabrikam.com")]
    [InlineData($"aaduser={Id};fabrikam.com")]
    [InlineData("aaduser=jo_live.com#EXT#@fabrikam.onmicrosoft.com")]
    [InlineData("aaduser=o'brien@fabrikam.com")]
    [InlineData($"aaduser=imikeoein@fabrikam.com;{Id}")]
    [InlineData($"aaduser={Id};{Id}")]
    [InlineData("aadgroup=SomeGroupEmail@fabrikam.com")]
    [InlineData("aadgroup=Ops, Team - 7;fabrikam.com")]
    [InlineData($"aadgroup={Id};fabrikam.com")]
    [InlineData($"aadgroup={Id};{Id}")]
    [InlineData($"aadgroup=SG - O'Brien's team [prod/ops];{Id}")]
    [InlineData("aadgroup=SomeGroupEmail@fabrikam.com;fabrikam.com")]
    [InlineData("msauser=abbiatkins@live.com")]
    [InlineData("aaduser=administrator@localhost;localhost")]
    public void A_principal_round_trips(string text) => Assert.Equal(text, AdxPrincipal.Parse(text).ToString());

    [Theory]
    [InlineData("aadGroup=a@b.com", "aadgroup=a@b.com")]
    [InlineData($" AADAPP={Id} ; contoso.com ", $"aadapp={Id};contoso.com")]
    public void Prefix_and_blanks_are_normalised(string text, string expected) => Assert.Equal(expected, AdxPrincipal.Parse(text).ToString());

    [Theory]
    [InlineData("")]
    [InlineData("somebody")]
    [InlineData("aadapp")]
    [InlineData("aadapp=")]
    [InlineData($"aadapp={Id}")]
    [InlineData($"aadapp={Id};")]
    [InlineData($"aadapp={Id};ten ant")]
    [InlineData($"aadapp={Id};contoso.com;more")]
    [InlineData($"aaduser={Id}")]
    [InlineData("aaduser=somebody;contoso.com")]
    [InlineData("aadgroup=Ops Team")]
    [InlineData("msauser=a@b.com;contoso.com")]
    [InlineData("aadfqn=a@b.com")]
    [InlineData($"aadapp={Id}') //;contoso.com")]
    [InlineData("aaduser=a@b.com') .drop table T ('")]
    [InlineData("aadapp=a\"b;contoso.com")]
    [InlineData("aadapp=a\nb;contoso.com")]
    [InlineData("aadapp=a';contoso.com")]
    [InlineData("aadapp=$(a);contoso.com")]
    [InlineData("aadapp=a|b;contoso.com")]
    [InlineData($"{Id};contoso.com")]
    [InlineData($"aadapp={{{Id}}};contoso.com")]
    [InlineData("aaduser=@contoso.com")]
    [InlineData("aaduser=me@contoso")]
    [InlineData("msauser=me")]
    [InlineData($"msauser={Id}")]
    [InlineData("aadgroup=;contoso.com")]
    [InlineData($"aadapp={Id};contoso")]
    [InlineData($"aadapp={Id};-contoso.com")]
    public void What_is_no_principal_is_refused_with_a_reason(string text)
    {
        Assert.False(AdxPrincipal.TryParse(text, out _));
        AdxException error = Assert.Throws<AdxException>(() => AdxPrincipal.Parse(text));
        Assert.Equal("AdxInvalidPrincipal", error.ErrorId);
        Assert.All(["aadapp=", "aaduser=", "aadgroup=", "msauser="], form => Assert.Contains(form, error.RecommendedAction, StringComparison.Ordinal));
    }

    [Fact]
    public void What_is_far_too_long_is_refused_and_not_repeated_whole()
    {
        AdxException error = Assert.Throws<AdxException>(() => AdxPrincipal.Parse("aadgroup=" + new string('a', 5000) + ";contoso.com"));
        Assert.Equal("AdxInvalidPrincipal", error.ErrorId);
        Assert.True(error.Message.Length < 300);
    }

    [Fact]
    public void Principals_are_the_same_whatever_the_case_of_their_letters()
    {
        AdxPrincipal one = AdxPrincipal.Application(Id, "Contoso.com");
        AdxPrincipal other = AdxPrincipal.Parse($"aadapp={Id.ToUpperInvariant()};contoso.COM");
        Assert.Equal(one, other);
        Assert.Equal(one.GetHashCode(), other.GetHashCode());
        Assert.NotEqual(one, AdxPrincipal.Parse($"aaduser={Id};contoso.com"));
    }
}
