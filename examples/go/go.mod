module example.com/bedrock-observability-app

go 1.25

require github.com/aws/aws-cdk-go/awscdk/v2 v2.240.0
