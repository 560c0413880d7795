using System.Text;
using System.Text.Json;
using AdxFlow.Adx;
using AdxFlow.Auth;
using AdxFlow.Flow;
using AdxFlow.Http;

namespace AdxFlow.Core.Tests.Http;

/// <summary>Texts that somebody cut in the middle of a character, as a service does that quotes the beginning of a query.</summary>
public sealed class JsonTextTests
{
    [Theory]
    [InlineData("""near '\ud83d'""", "near '\ufffd'")]
    [InlineData("""\uDE00 \"q\"\n""", "\ufffd \"q\"\n")]
    [InlineData("""\ud83d\ud83d\ude00\ude00""", "\ufffd\ud83d\ude00\ufffd")]
    [InlineData("""\ud83dx\ude00""", "\ufffdx\ufffd")]
    [InlineData("""\ud83d\u0041\u00e9""", "\ufffdAé")]
    [InlineData("""\ud83d\ude00 \\ud83d""", "\ud83d\ude00 \\ud83d")]
    public void Half_a_character_becomes_the_sign_for_one(string json, string expected)
    {
        using var document = JsonDocument.Parse($"\"{json}\"");
        Assert.Equal(expected, JsonText.Of(document.RootElement));
    }

    [Theory]
    [InlineData("""{"error":{"code":"c","@message":"near '\ud83d'"}}""")]
    [InlineData("""{"error":{"\ud83d":1,"Code":"c","@Message":"near '\ud83d'"}}""")]
    [InlineData("""{"error":"\ud83d","error_description":"near '\ud83d'"}""")]
    [InlineData("\"near '\\ud83d'\"")]
    public void An_error_is_read_with_half_a_character_in_it(string body)
    {
        Assert.Equal("near '\ufffd'", ErrorBody.Parse(body).Message);
    }

    [Fact]
    public void So_is_one_of_Adobe_s_services() =>
        Assert.Equal("near '\ufffd'", FlowErrorBody.Parse("""{"type":"https://ns.adobe.com/aep/errors/FLOW-1439-404","detail":"near '\ud83d'"}""").Message);

    [Fact]
    public void A_mapping_and_a_policy_are_read_with_half_a_character_in_them()
    {
        Assert.Equal("$.\ufffd", Assert.Single(MappingJson.Read("""[{"Column":"a","\ud83d":1,"Properties":{"Path":"$.\ud83d"}}]""")).Path);
        using var policy = JsonDocument.Parse("""{"Recoverability":"\ud83d","SoftDeletePeriod":"1.00:00:00"}""");
        Assert.Equal(TimeSpan.FromDays(1), Assert.IsType<AdxRetentionPolicy>(PolicyReader.Read(AdxTablePolicyKind.Retention, policy.RootElement, "D", "T")).RetentionPeriod);
        Assert.Throws<JsonException>(() => TableSchema.ReadTable("""{"OrderedColumns":[1]}"""));
    }

    [Fact]
    public void An_end_beyond_all_time_hides_no_other_claim()
    {
        string claims = Convert.ToBase64String(Encoding.UTF8.GetBytes("""{"aud":"https://storage.azure.com","exp":99999999999999}""")).TrimEnd('=');
        TokenClaims? read = TokenClaims.Read($"e30.{claims}.x");
        Assert.Equal("https://storage.azure.com", read?.Audience);
        Assert.Null(read?.ExpiresOn);
    }

    [Fact]
    public void A_token_is_read_with_half_a_character_in_it()
    {
        string claims = Convert.ToBase64String(Encoding.UTF8.GetBytes("""{"aud":"a","upn":"ada\ud83d"}""")).TrimEnd('=');
        TokenClaims? read = TokenClaims.Read($"e30.{claims}.x");
        Assert.Equal(("a", "aaduser=ada\ufffd"), (read?.Audience, read?.Principal));
    }
}
