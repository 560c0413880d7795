@{
    IncludeDefaultRules = $true
    ExcludeRules        = @(
        # build.ps1 and the samples speak to a person at a prompt.
        'PSAvoidUsingWriteHost'
        # PowerShell 7 reads UTF-8 without a mark; Windows PowerShell, which does not, is out of scope.
        'PSUseBOMForUnicodeEncodedFile'
    )
    Rules               = @{
        PSAvoidUsingPositionalParameters   = @{ Enable = $true; CommandAllowList = @('Invoke-DotNet', 'Join-Path') }
        PSPlaceOpenBrace                   = @{ Enable = $true; OnSameLine = $true; NewLineAfter = $true; IgnoreOneLineBlock = $true }
        PSPlaceCloseBrace                  = @{ Enable = $true; NewLineAfter = $true; IgnoreOneLineBlock = $true; NoEmptyLineBefore = $true }
        PSUseConsistentIndentation         = @{ Enable = $true; Kind = 'space'; IndentationSize = 4; PipelineIndentation = 'IncreaseIndentationForFirstPipeline' }
        PSUseConsistentWhitespace          = @{
            Enable                                  = $true
            CheckInnerBrace                         = $true
            CheckOpenBrace                          = $true
            CheckOpenParen                          = $true
            CheckOperator                           = $true
            CheckPipe                               = $true
            CheckPipeForRedundantWhitespace         = $true
            CheckSeparator                          = $true
            IgnoreAssignmentOperatorInsideHashTable = $true
        }
        PSUseCorrectCasing                 = @{ Enable = $true; CheckCommands = $false; CheckKeyword = $true; CheckOperator = $true }
        PSAvoidSemicolonsAsLineTerminators = @{ Enable = $true }
        PSAvoidExclaimOperator             = @{ Enable = $true }
        PSUseCompatibleSyntax              = @{ Enable = $true; TargetVersions = @('7.4') }
    }
}
